import type { ByteSource } from './byte-source.ts';
import { findGraph, GRAPH, MODEL, NAME_BYTES, textOf } from './read-graph.ts';
import { Malformed, WireReader, type Field } from './wire.ts';

/** A node, without its attributes. */
export interface GraphNode {
  field: Field;
  opType: string;
  /** Names of tensors; empty for an optional one that is left out. */
  inputs: readonly string[];
  outputs: readonly string[];
  /** Tensors of the graph that graphs within this node (the bodies of loops and conditions) use. */
  captures: readonly string[];
}

/** Something of the graph with a name: an input, an initializer. */
interface Named {
  field: Field;
  name: string;
}

/** A graph by its nodes; what they compute with is not read. */
export interface GraphNodes {
  nodes: readonly GraphNode[];
  initializers: readonly Named[];
  /** Those among the initializers, too, as before version 4 of the format. */
  inputs: readonly Named[];
  outputs: readonly string[];
  /** What else the graph holds, but for the shapes that its maker has noted. */
  others: readonly Field[];
  /** Of the model: all but the graph. */
  model: readonly Field[];
  /** Version of the standard operators; undefined where it uses none. */
  opset: number | undefined;
}

const NODE = { input: 1, output: 2, opType: 4, attribute: 5 };
const OPSET = { domain: 1, version: 2 };
const ATTRIBUTE = { graph: 6, graphs: 11 };
const NAME_OF = { initializer: 8, port: 1 };
const MOST_NODES = 200_000;
/** Graphs within graphs; deeper ones are no honest ones. */
const DEEPEST = 16;

/**
 * Reads which tensors the nodes of a graph take and give, and skips everything that they compute with.
 * @throws Malformed when it is no ONNX file, or is cut off
 */
export async function readGraphNodes(source: ByteSource): Promise<GraphNodes> {
  const reader = new WireReader(source);
  const { graph, others: model } = await findGraph(reader, source);
  const nodes: GraphNode[] = [];
  const initializers: Named[] = [];
  const inputs: Named[] = [];
  const outputs: string[] = [];
  const others: Field[] = [];
  for await (const field of reader.fields(graph.start, graph.start + graph.length)) {
    if (nodes.length + initializers.length > MOST_NODES) throw new Malformed(`it has more than ${MOST_NODES} nodes`);
    if (field.wireType !== 2) others.push(field);
    else if (field.number === GRAPH.node) nodes.push(await readNode(reader, field));
    else if (field.number === GRAPH.initializer) {
      initializers.push({ field, name: await readName(reader, field, NAME_OF.initializer) });
    } else if (field.number === GRAPH.input) {
      inputs.push({ field, name: await readName(reader, field, NAME_OF.port) });
    } else if (field.number === GRAPH.output) outputs.push(await readName(reader, field, NAME_OF.port));
    else if (field.number !== GRAPH.valueInfo) others.push(field);
  }
  return { nodes, initializers, inputs, outputs, others, model, opset: await readOpset(reader, model) };
}

const inside = ({ start, length }: Field): [number, number] => [start, start + length];

async function readNode(reader: WireReader, field: Field, depth = 0): Promise<GraphNode> {
  const [inputs, outputs, captures]: [string[], string[], string[]] = [[], [], []];
  let opType = '';
  for await (const part of reader.fields(...inside(field))) {
    if (part.wireType !== 2) continue;
    if (part.number === NODE.input) inputs.push(textOf(await reader.bytes(part, NAME_BYTES)));
    if (part.number === NODE.output) outputs.push(textOf(await reader.bytes(part, NAME_BYTES)));
    if (part.number === NODE.opType) opType = textOf(await reader.bytes(part, NAME_BYTES));
    if (part.number === NODE.attribute) captures.push(...(await capturesOf(reader, part, depth)));
  }
  return { field, opType, inputs, outputs, captures };
}

/** Names that graphs within an attribute use. Their own are among them, which does no harm: nobody outside has these. */
async function capturesOf(reader: WireReader, attribute: Field, depth: number): Promise<string[]> {
  const names: string[] = [];
  for await (const part of reader.fields(...inside(attribute))) {
    if (part.wireType !== 2 || (part.number !== ATTRIBUTE.graph && part.number !== ATTRIBUTE.graphs)) continue;
    if (depth === DEEPEST) throw new Malformed('its graphs are nested too deep');
    for await (const field of reader.fields(...inside(part))) {
      if (field.wireType !== 2) continue;
      // A body may give what it captures as it is.
      if (field.number === GRAPH.output) names.push(await readName(reader, field, NAME_OF.port));
      if (field.number !== GRAPH.node) continue;
      const { inputs, captures } = await readNode(reader, field, depth + 1);
      names.push(...inputs, ...captures);
    }
  }
  return names;
}

async function readName(reader: WireReader, field: Field, number: number): Promise<string> {
  let name = '';
  for await (const part of reader.fields(...inside(field))) {
    if (part.number === number && part.wireType === 2) name = textOf(await reader.bytes(part, NAME_BYTES));
  }
  return name;
}

async function readOpset(reader: WireReader, model: readonly Field[]): Promise<number | undefined> {
  for (const field of model) {
    if (field.number !== MODEL.opset || field.wireType !== 2) continue;
    let domain = '';
    let version: number | undefined;
    for await (const part of reader.fields(...inside(field))) {
      if (part.number === OPSET.domain) domain = textOf(await reader.bytes(part, NAME_BYTES));
      if (part.number === OPSET.version) version = Number(part.value);
    }
    if (domain === '' || domain === 'ai.onnx') return version;
  }
  return undefined;
}
