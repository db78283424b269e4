import { problem, type Problem } from '@samplewise/domain';
import type { ByteSource } from './byte-source.ts';
import { readGraphPorts, type GraphPorts } from './read-graph.ts';
import { Malformed } from './wire.ts';

/** Lends the file of a digest. */
export type OpenGraph = (digest: string, use: (source: ByteSource) => Promise<GraphPorts>) => Promise<GraphPorts>;

/** What files say of themselves, by their places, or why some of them say nothing. */
export async function readGraphs(
  files: readonly { place: string; digest: string }[],
  open: OpenGraph,
): Promise<{ graphs: Map<string, GraphPorts>; problems: Problem[] }> {
  const graphs = new Map<string, GraphPorts>();
  const problems: Problem[] = [];
  for (const { place, digest } of files) {
    try {
      graphs.set(place, await open(digest, readGraphPorts));
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      problems.push(malformed(place, error.message));
    }
  }
  return { graphs, problems };
}

export const malformed = (place: string, reason: string): Problem =>
  problem('MODEL_MALFORMED', `The file is not a whole ONNX model: ${reason}.`, {
    place,
    mend: 'Check it with onnx.checker, or export it again.',
  });

/** Only a folder may have its weights beside its graph. */
export const inOneFile = (graphs: ReadonlyMap<string, GraphPorts>): Problem[] =>
  [...graphs].flatMap(([place, { externalFiles }]) =>
    externalFiles.slice(0, 1).map((file) =>
      problem('MODEL_MALFORMED', `The model's weights are in another file, '${file}'.`, {
        place,
        value: file,
        mend: 'Save it as one file: onnx.save(onnx.load(path), one, save_as_external_data=False).',
      }),
    ),
  );
