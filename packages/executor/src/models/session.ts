import { InvalidInput, problem } from '@samplewise/domain';
import { InferenceSession } from 'onnxruntime-node';
import { readFile } from 'node:fs/promises';

/** A dimension: its size, or a name where the graph leaves it open. */
export type Dimension = number | string;

export interface Port {
  name: string;
  type: string;
  shape: readonly Dimension[];
}

/** An opened graph. Sessions are kept as long as the process lives: onnxruntime leaks when they are made anew. */
export interface Graph {
  session: InferenceSession;
  inputs: readonly Port[];
  outputs: readonly Port[];
}

/**
 * @param place the config's field, for error messages
 * @throws InvalidInput (MODEL_MALFORMED) when onnxruntime can't read the file
 */
export async function openGraph(file: string, place: string, threads: number): Promise<Graph> {
  let session: InferenceSession;
  try {
    // From bytes: a path with an odd character, or without the .onnx ending, is read differently by the runtime.
    session = await InferenceSession.create(await readFile(file), {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    });
  } catch (error) {
    throw new InvalidInput(
      problem(
        'MODEL_MALFORMED',
        `The file is not an ONNX model that onnxruntime can run: ${(error as Error).message}`,
        {
          place,
          mend: 'Check it with onnx.checker, or export it again.',
        },
      ),
    );
  }
  return { session, inputs: session.inputMetadata.map(toPort), outputs: session.outputMetadata.map(toPort) };
}

function toPort(meta: InferenceSession.ValueMetadata): Port {
  return meta.isTensor
    ? { name: meta.name, type: meta.type, shape: meta.shape }
    : { name: meta.name, type: 'not a tensor', shape: [] };
}

/**
 * The port of that name, or the only one.
 * @throws InvalidInput naming what the file has
 */
export function findPort(
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
      {
        place,
        ...(name === undefined ? {} : { value: name }),
        mend: `Name one of ${names}.`,
      },
    ),
  );
}

export const describeShape = (shape: readonly Dimension[]): string => `[${shape.join(', ')}]`;
