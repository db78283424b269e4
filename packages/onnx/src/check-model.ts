import { weightsOf, type ModelSpec, type Problem } from '@samplewise/domain';
import type { ByteSource } from './byte-source.ts';
import { checkClassifier } from './check-classifier.ts';
import { checkClip } from './check-clip.ts';
import { checkPhi3Vision } from './check-phi3-vision.ts';
import { readGraphPorts, type GraphPorts } from './read-graph.ts';
import { inOneFile, malformed, readGraphs, type OpenGraph } from './read-graphs.ts';
import { Malformed } from './wire.ts';

/**
 * Holds a config against the model files that it names: the names, types and shapes of inputs and outputs, the number of
 * labels. It reads what the files say of themselves, and none of their weights.
 * @param open lends the file of a digest
 * @returns for each thing that does not fit the field, what the file has, and the nearest right value
 */
export async function checkModelFiles(spec: ModelSpec, open: OpenGraph): Promise<Problem[]> {
  const { graphs, problems } = await readGraphs(graphsOf(spec), open);
  if (problems.length > 0) return problems;
  switch (spec.kind) {
    case 'onnx-classifier':
      return [...inOneFile(graphs), ...checkClassifier(spec, graphs.get('weights')!)];
    case 'clip-zero-shot':
      return [...inOneFile(graphs), ...checkClip(spec, graphs.get('vision')!, graphs.get('text')!)];
    case 'vlm-prompt':
      return spec.runtime.type === 'openai' ? [] : checkPhi3Vision(spec.runtime, graphs);
    case 'external':
      return [];
  }
}

/** What a file says of itself, or why it says nothing. @param place of the file, for the problem */
export async function readModelFile(
  source: ByteSource,
  place: string,
): Promise<{ graph: GraphPorts } | { problem: Problem }> {
  try {
    return { graph: await readGraphPorts(source) };
  } catch (error) {
    if (error instanceof Malformed) return { problem: malformed(place, error.message) };
    throw error;
  }
}

/** Files that hold weights of a graph, as it names them; none where the file is no graph, which the check says. */
export async function externalFilesOf(source: ByteSource): Promise<readonly string[]> {
  try {
    return (await readGraphPorts(source)).externalFiles;
  } catch (error) {
    if (error instanceof Malformed) return [];
    throw error;
  }
}

/** A folder's other files, such as its tokenizer, are no graphs. */
const graphsOf = (spec: ModelSpec): { place: string; digest: string }[] =>
  weightsOf(spec).filter((_, i) => {
    const runtime = spec.kind === 'vlm-prompt' ? spec.runtime : undefined;
    return runtime?.type !== 'transformers' || runtime.files[i]!.path.endsWith('.onnx');
  });
