import type { GraphNode, GraphNodes } from './read-nodes.ts';

/** What features can be taken from: a graph, by what depends on what. */
export interface Backbone {
  graph: GraphNodes;
  /** Tensors that depend on what goes into the graph, in the order in which they are computed. */
  tensors: readonly string[];
  /** Inputs without those that are weights. */
  inputs: readonly string[];
}

export function backboneOf(graph: GraphNodes): Backbone {
  const weights = new Set(graph.initializers.map(({ name }) => name));
  const inputs = graph.inputs.map(({ name }) => name).filter((name) => !weights.has(name));
  const dependent = new Set(inputs);
  const tensors: string[] = [];
  // A graph lists its nodes in an order in which they can be computed.
  for (const { inputs: taken, captures, outputs } of graph.nodes) {
    if (![...taken, ...captures].some((name) => dependent.has(name))) continue;
    for (const name of outputs) {
      if (name === '') continue;
      dependent.add(name);
      tensors.push(name);
    }
  }
  return { graph, tensors, inputs };
}

/** What is needed to compute a tensor: nodes, in their order, and the names of all tensors on the way. */
export function neededFor({ nodes }: GraphNodes, tensor: string): { nodes: GraphNode[]; names: Set<string> } {
  const names = new Set([tensor]);
  const needed: GraphNode[] = [];
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some((name) => names.has(name))) continue;
    needed.push(node);
    for (const name of [...node.inputs, ...node.captures, ...node.outputs]) names.add(name);
  }
  return { nodes: needed.reverse(), names };
}

/** What may stand between the last layer of a classifier and its output. */
const AFTER_THE_LAST_LAYER: readonly string[] = [
  ...['Softmax', 'LogSoftmax', 'Sigmoid', 'Identity', 'Cast', 'Clip', 'Add', 'Sub', 'Mul', 'Div'],
  ...['Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'QuantizeLinear', 'DequantizeLinear'],
];

/**
 * The features that a classifier's last dense layer is given.
 * @returns undefined when the output does not come from a dense layer
 */
export function penultimate({ graph, tensors, inputs }: Backbone, output: string): string | undefined {
  const dependent = new Set([...tensors, ...inputs]);
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  for (let node = makers.get(output); node;) {
    const taken = node.inputs.filter((name) => dependent.has(name));
    // Of two, as of attention, neither is the weights.
    const [only] = taken;
    if (only === undefined || taken.length > 1) return undefined;
    if (node.opType === 'Gemm' || node.opType === 'MatMul') return inputs.includes(only) ? undefined : only;
    if (!AFTER_THE_LAST_LAYER.includes(node.opType)) return undefined;
    node = makers.get(only);
  }
  return undefined;
}
