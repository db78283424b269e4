import type { Digest } from '../digest.ts';

/** A file that a preset needs. */
export interface PresetFile {
  /** Where in the spec its digest belongs: `weights`, `vision`, `0.weights`; in a folder its path, `onnx/model_q4.onnx`. */
  place: string;
  /** Public address; null where nobody publishes the file in this form, and the user has to bring it. */
  url: string | null;
  /**
   * As its publisher, or several who use it independently, give it; null where none is published. Then the first
   * download's is recorded and later ones are held against it.
   */
  sha256: Digest | null;
}

/** What a person says when a preset is taken. */
export interface PresetChoice {
  labels: readonly string[];
  /** Of endpoint presets. */
  endpoint?: string | undefined;
  model?: string | undefined;
  apiKeyVariable?: string | undefined;
}

/** A ready-made description of a model or restoration of the study. */
export interface Preset {
  name: string;
  kind: 'model' | 'restoration';
  /** One line. */
  about: string;
  /** Where the preprocessing, file names and sizes are documented. */
  source: string;
  licence: string;
  files: readonly PresetFile[];
  /** Further files are found in the graphs themselves: weights of more than 2 GB stand beside them. */
  folder: boolean;
  /**
   * The spec, or the steps, as they may be registered.
   * @param digests by the files' places
   */
  build(choice: PresetChoice, digests: ReadonlyMap<string, Digest>): unknown;
}
