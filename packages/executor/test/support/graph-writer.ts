import { onnx } from 'onnx-proto';

const { FLOAT, INT64 } = onnx.TensorProto.DataType;
const { INT, INTS, FLOAT: FLOAT_ATTRIBUTE } = onnx.AttributeProto.AttributeType;

export type Size = number | string;
type Attribute = number | readonly number[] | { float: number };

/** Writes ONNX graphs of a true architecture, with weights that are random but the same for the same seed. */
export class GraphWriter {
  readonly #name: string;
  readonly #inputs: onnx.IValueInfoProto[] = [];
  readonly #outputs: onnx.IValueInfoProto[] = [];
  readonly #initializers: onnx.ITensorProto[] = [];
  readonly #nodes: onnx.INodeProto[] = [];
  readonly #constants = new Map<string, string>();
  #state: number;
  /** Numbers in the weights. */
  parameters = 0;

  constructor(name: string, seed = 1) {
    this.#name = name;
    this.#state = seed;
  }

  input(name: string, shape: readonly Size[], type: 'float32' | 'int64' = 'float32'): string {
    this.#inputs.push(port(name, type === 'int64' ? INT64 : FLOAT, shape));
    return name;
  }

  output(name: string, shape: readonly Size[], from: string): void {
    this.#nodes.push({ opType: 'Identity', name, input: [from], output: [name] });
    this.#outputs.push(port(name, FLOAT, shape));
  }

  /** @param scale standard deviation, about; 'ones' and 'zeros' for normalisation */
  weights(dims: readonly number[], scale: number | 'ones' | 'zeros'): string {
    const name = `w${this.#initializers.length}`;
    const count = dims.reduce((product, size) => product * size, 1);
    const values = new Float32Array(count);
    if (scale === 'ones') values.fill(1);
    else if (scale !== 'zeros') for (let i = 0; i < count; i++) values[i] = scale * this.#normal();
    this.#initializers.push({ name, dims: [...dims], dataType: FLOAT, rawData: bytesOf(values) });
    this.parameters += count;
    return name;
  }

  floats(values: readonly number[], dims: readonly number[] = [values.length]): string {
    return this.#constant(`f${values.join()}/${dims.join()}`, {
      dims: [...dims],
      dataType: FLOAT,
      rawData: bytesOf(Float32Array.from(values)),
    });
  }

  ints(values: readonly number[], dims: readonly number[] = [values.length]): string {
    return this.#constant(`i${values.join()}/${dims.join()}`, {
      dims: [...dims],
      dataType: INT64,
      rawData: bytesOf(BigInt64Array.from(values, BigInt)),
    });
  }

  /** @returns the name of the node's only output */
  node(opType: string, input: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    return this.nodes(opType, input, 1, attributes)[0]!;
  }

  nodes(
    opType: string,
    input: readonly string[],
    outputs: number,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string[] {
    const output = Array.from({ length: outputs }, (_, i) => `n${this.#nodes.length}_${i}`);
    this.#nodes.push({
      opType,
      name: output[0]!,
      input: [...input],
      output,
      attribute: Object.entries(attributes).map(([name, value]) => toAttribute(name, value)),
    });
    return output;
  }

  /** Dense layer: x [..., from] -> [..., to]. */
  linear(x: string, from: number, to: number, { bias = true, gain = 1 } = {}): string {
    const product = this.node('MatMul', [x, this.weights([from, to], gain / Math.sqrt(from))]);
    return bias ? this.node('Add', [product, this.weights([to], 0.02)]) : product;
  }

  finish(): Uint8Array {
    const graph: onnx.IGraphProto = {
      name: this.#name,
      input: this.#inputs,
      output: this.#outputs,
      initializer: this.#initializers,
      node: this.#nodes,
    };
    return onnx.ModelProto.encode({ irVersion: 8, opsetImport: [{ domain: '', version: 17 }], graph }).finish();
  }

  #constant(key: string, tensor: onnx.ITensorProto): string {
    const present = this.#constants.get(key);
    if (present !== undefined) return present;
    const name = `c${this.#initializers.length}`;
    this.#initializers.push({ ...tensor, name });
    this.#constants.set(key, name);
    return name;
  }

  /** Of the sum of uniform numbers, by mulberry32. */
  #normal(): number {
    let sum = 0;
    for (let i = 0; i < 3; i++) {
      this.#state = (this.#state + 0x6d2b79f5) | 0;
      let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      sum += ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    }
    return (sum - 1.5) * 2;
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | BigInt64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

function toAttribute(name: string, value: Attribute): onnx.IAttributeProto {
  if (typeof value === 'number') return { name, type: INT, i: value };
  if ('float' in value) return { name, type: FLOAT_ATTRIBUTE, f: value.float };
  return { name, type: INTS, ints: [...value] };
}

const port = (name: string, elemType: number, shape: readonly Size[]): onnx.IValueInfoProto => ({
  name,
  type: {
    tensorType: {
      elemType,
      shape: { dim: shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size })) },
    },
  },
});
