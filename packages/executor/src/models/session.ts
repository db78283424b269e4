import { InvalidInput, problem, type ExecutionProvider } from '@samplewise/domain';
import { InferenceSession, listSupportedBackends, type Tensor } from 'onnxruntime-node';
import { readFile } from 'node:fs/promises';

/** A dimension: its size, or a name where the graph leaves it open. */
export type Dimension = number | string;

export interface Port {
  name: string;
  type: string;
  shape: readonly Dimension[];
}

/** What a graph says of itself. */
export interface Ports {
  inputs: readonly Port[];
  outputs: readonly Port[];
}

/** An opened graph. Sessions are kept as long as the process lives: onnxruntime leaks when they are made anew. */
export interface Graph extends Ports {
  session: InferenceSession;
  /** The config's field, for error messages. */
  place: string;
  /** The provider that it is computed by; what this one lacks is left to the next of the config. */
  device: ExecutionProvider;
}

/** The runtime could not go on for want of memory: the machine's trouble, not the file's. */
export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory';
}

/**
 * @param place the config's field, for error messages
 * @throws InvalidInput (MODEL_MALFORMED) when onnxruntime can't read the file
 */
export async function openGraph(
  file: string,
  place: string,
  threads: number,
  providers?: readonly ExecutionProvider[],
): Promise<Graph> {
  // From bytes: a path with an odd character, or without the .onnx ending, is read differently by the runtime.
  return openGraphOf(await readFile(file), place, threads, providers);
}

/** The same for a graph that is not in a file. */
export async function openGraphOf(
  bytes: Uint8Array,
  place: string,
  threads: number,
  providers: readonly ExecutionProvider[] = ['cpu'],
): Promise<Graph> {
  checkProviders(providers);
  try {
    const session = await InferenceSession.create(bytes, {
      executionProviders: [...providers],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // Threads that spin between two batches would take the processor from those who prepare the next one.
      extra: { session: { force_spinning_stop: '1' } },
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    });
    const [inputs, outputs] = [session.inputMetadata.map(toPort), session.outputMetadata.map(toPort)];
    // onnxruntime-node refuses a provider that it can not use, so that the first one is in use.
    return { session, inputs, outputs, place, device: providers[0]! };
  } catch (error) {
    throw runtimeError(error, (message) => {
      // Of providers whose libraries are not installed here, onnxruntime only says so when they are used.
      if (/provider/i.test(message) && providers.some((provider) => provider !== 'cpu')) {
        return problem('INVALID_VALUE', `onnxruntime can not use ${providers.join(', ')} here: ${message}`, {
          place: 'executionProviders',
          value: providers,
          mend: "Install what they need on the executor's machine, or leave them out.",
        });
      }
      return problem('MODEL_MALFORMED', `The file is not an ONNX model that onnxruntime can run: ${message}`, {
        place,
        mend: 'Check it with onnx.checker, or export it again.',
      });
    });
  }
}

/** @throws InvalidInput when this machine's onnxruntime has no such provider */
export function checkProviders(providers: readonly ExecutionProvider[]): void {
  const offered = listSupportedBackends().map((backend) => backend.name);
  const missing = providers.find((provider) => !offered.includes(provider));
  if (missing === undefined) return;
  throw new InvalidInput(
    problem('INVALID_VALUE', `onnxruntime does not offer ${missing} on the executor's machine.`, {
      place: 'executionProviders',
      value: missing,
      mend: `It offers ${offered.join(', ')}.`,
    }),
  );
}

/** Runs the graph on one input for one output. Throws what `runGraphForAll` throws. */
export async function runGraph(graph: Graph, input: string, tensor: Tensor, output: string): Promise<Tensor> {
  return (await runGraphForAll(graph, input, tensor, [output]))[0]!;
}

/**
 * Runs the graph on one input for several outputs, given in their order.
 * @throws InvalidInput (MODEL_INPUT_MISMATCH) when the graph refuses the tensor
 * @throws OutOfMemory
 */
export async function runGraphForAll(
  graph: Graph,
  input: string,
  tensor: Tensor,
  outputs: readonly string[],
): Promise<Tensor[]> {
  try {
    const results = await graph.session.run({ [input]: tensor }, outputs);
    return outputs.map((output) => results[output]!);
  } catch (error) {
    throw runtimeError(error, (message) =>
      problem('MODEL_INPUT_MISMATCH', `onnxruntime can not run the model on such an input: ${message}`, {
        place: graph.place,
        value: `${tensor.type} ${describeShape(tensor.dims)}`,
        mend: `The file's inputs are ${graph.inputs.map(describePort).join(', ')}.`,
      }),
    );
  }
}

/** onnxruntime's errors carry no code; only their text tells want of memory from a wrong file or tensor. */
function runtimeError(error: unknown, describe: (message: string) => ReturnType<typeof problem>): Error {
  const message = error instanceof Error ? error.message : String(error);
  return /bad_alloc|allocate memory|out of memory/i.test(message)
    ? new OutOfMemory(message)
    : new InvalidInput(describe(message));
}

function toPort(meta: InferenceSession.ValueMetadata): Port {
  return meta.isTensor
    ? { name: meta.name, type: meta.type, shape: meta.shape }
    : { name: meta.name, type: 'not a tensor', shape: [] };
}

/**
 * The graph's input of that name, or its only one. A graph with further inputs could not be run.
 * @throws InvalidInput (MODEL_INPUT_MISMATCH) naming what the file has
 */
export function findInput(graph: Ports, name: string | undefined, place: string): Port {
  const found = findPort(graph.inputs, name, 'MODEL_INPUT_MISMATCH', place);
  if (graph.inputs.length === 1) return found;
  throw new InvalidInput(
    problem('MODEL_INPUT_MISMATCH', `The model has ${graph.inputs.length} inputs; it must have one.`, {
      place,
      value: graph.inputs.map(describePort).join(', '),
      mend: 'Export it with the other inputs as constants.',
    }),
  );
}

/**
 * The graph's output of that name, or its only one.
 * @throws InvalidInput (MODEL_OUTPUT_MISMATCH) naming what the file has
 */
export const findOutput = (graph: Ports, name: string | undefined, place: string): Port =>
  findPort(graph.outputs, name, 'MODEL_OUTPUT_MISMATCH', place);

function findPort(
  ports: readonly Port[],
  name: string | undefined,
  code: 'MODEL_INPUT_MISMATCH' | 'MODEL_OUTPUT_MISMATCH',
  place: string,
): Port {
  const found = name === undefined ? (ports.length === 1 ? ports[0] : undefined) : ports.find((p) => p.name === name);
  if (found) return found;
  const names = ports.map((p) => `'${p.name}'`).join(', ');
  const what = code === 'MODEL_INPUT_MISMATCH' ? 'input' : 'output';
  throw new InvalidInput(
    problem(
      code,
      name === undefined ? `The model has several ${what}s: ${names}.` : `The model has no ${what} '${name}'.`,
      { place, ...(name === undefined ? {} : { value: name }), mend: `Name one of ${names}.` },
    ),
  );
}

/** Sizes that a shape promises where it is static and the wish is not the same; open dimensions promise nothing. */
export function differs(shape: readonly Dimension[], wanted: readonly Dimension[]): boolean {
  return wanted.some((size, i) => isStatic(shape[i]) && isStatic(size) && shape[i] !== size);
}

export const isStatic = (size: Dimension | undefined): size is number => typeof size === 'number' && size > 0;

export const describeShape = (shape: readonly Dimension[]): string => `[${shape.join(', ')}]`;

const describePort = (port: Port): string => `'${port.name}' ${port.type} ${describeShape(port.shape)}`;
