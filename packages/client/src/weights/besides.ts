import type { PresetFile } from '@samplewise/domain';
import { externalFilesOf, readFileRange } from '@samplewise/onnx';
import path from 'node:path/posix';

/** Files by their places in a spec. */
export type Files = Map<string, { file: string; digest: string }>;

/** Weights that stand in files beside a graph. */
export async function besides({ place, url }: PresetFile, file: string, files: Files): Promise<PresetFile[]> {
  const names = await readFileRange(file, externalFilesOf);
  return names
    .filter((name) => /^[\w-][\w.-]*$/.test(name)) // beside the graph, and nowhere else
    .map((name) => ({
      place: path.join(path.dirname(place), name),
      url: url === null ? null : new URL(name, url).href,
      sha256: null,
    }))
    .filter((more) => !files.has(more.place));
}
