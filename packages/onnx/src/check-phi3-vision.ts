import { problem, type Problem, type TransformersRuntime } from '@samplewise/domain';
import path from 'node:path/posix';
import { findPort } from './ports.ts';
import type { GraphPorts } from './read-graph.ts';

/** What each graph of Phi-3 Vision takes and gives. */
const PORTS = {
  vision_encoder: { inputs: ['pixel_values', 'image_sizes'], outputs: ['image_features'] },
  prepare_inputs_embeds: { inputs: ['input_ids', 'image_features'], outputs: ['inputs_embeds'] },
  model: {
    inputs: ['inputs_embeds', 'attention_mask', 'past_key_values.0.key', 'past_key_values.0.value'],
    outputs: ['logits', 'present.0.key', 'present.0.value'],
  },
} as const;

/** @param graphs by their places, `runtime.files.3` */
export function checkPhi3Vision({ files }: TransformersRuntime, graphs: ReadonlyMap<string, GraphPorts>): Problem[] {
  return files.flatMap((file, i) => {
    const place = `runtime.files.${i}`;
    const graph = graphs.get(place);
    if (!graph) return [];
    return [...checkPorts(file.path, graph, place), ...checkExternal(file.path, graph, files)];
  });
}

function checkPorts(file: string, graph: GraphPorts, place: string): Problem[] {
  const name = Object.keys(PORTS).find((key) => path.basename(file).startsWith(key)) as keyof typeof PORTS | undefined;
  if (!name) return [];
  return (['inputs', 'outputs'] as const).flatMap((which) =>
    PORTS[name][which].flatMap((port) => {
      const found = findPort(graph, which, port, place);
      return 'problem' in found ? [found.problem] : [];
    }),
  );
}

/** Weights beside a graph are looked for in its folder. */
function checkExternal(file: string, { externalFiles }: GraphPorts, files: TransformersRuntime['files']): Problem[] {
  return externalFiles
    .map((name) => path.join(path.dirname(file), name))
    .filter((wanted) => !files.some(({ path }) => path === wanted))
    .map((wanted) =>
      problem('MODEL_MALFORMED', `The weights of ${file} are in ${wanted}, which is not among the files.`, {
        place: 'runtime.files',
        value: wanted,
        mend: 'Add it.',
      }),
    );
}
