import { InvalidInput, weightsOf, type Digest, type ModelSpec, type Problem } from '@samplewise/domain';
import { readModelFile, suggestClassifier, type GraphPorts, type SuggestedClassifier } from '@samplewise/onnx';
import type { Storage } from '@samplewise/storage';
import { blobSource } from './check-model.ts';

/** A file that a config names. */
export interface ModelFile {
  /** In the spec, such as `weights`. */
  place: string;
  /** Of a folder's file, such as `onnx/model_q4.onnx`. */
  path: string | null;
  digest: Digest;
}

export function filesOf(spec: ModelSpec): ModelFile[] {
  const folder = spec.kind === 'vlm-prompt' && spec.runtime.type === 'transformers' ? spec.runtime.files : undefined;
  return weightsOf(spec).map(({ place, digest }, i) => ({ place, digest, path: folder?.[i]?.path ?? null }));
}

/** What an ONNX file says of itself, or why it says nothing. */
export interface ModelHeader {
  graph: GraphPorts | null;
  problem: Problem | null;
}

/** Reads what stands at the front of a file, whatever its weights weigh. */
export async function readHeader(storage: Storage, digest: Digest, place: string): Promise<ModelHeader> {
  try {
    const read = await readModelFile(await blobSource(storage, digest), place);
    return 'graph' in read ? { graph: read.graph, problem: null } : { graph: null, problem: read.problem };
  } catch (error) {
    if (error instanceof InvalidInput) return { graph: null, problem: error.problems[0] };
    throw error;
  }
}

/** An uploaded file that is no config's yet. */
export interface InspectedFile extends ModelHeader {
  digest: Digest;
  suggestion: SuggestedClassifier | null;
}

export async function inspectFile(storage: Storage, digest: Digest): Promise<InspectedFile> {
  const header = await readHeader(storage, digest, 'digest');
  return { digest, ...header, suggestion: (header.graph && suggestClassifier(header.graph)) ?? null };
}
