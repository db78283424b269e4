import {
  problem,
  weightsOfStep,
  type GfpganStep,
  type OnnxSuperResolutionStep,
  type Problem,
  type RestorationSteps,
} from '@samplewise/domain';
import { findPort, mismatch } from './ports.ts';
import type { GraphPorts, Port } from './read-graph.ts';
import { inOneFile, readGraphs, type OpenGraph } from './read-graphs.ts';

/**
 * Holds the steps of a restoration against the files that they name, as `checkModelFiles` does for models.
 * @returns places begin with the step's position
 */
export async function checkRestorationFiles(steps: RestorationSteps, open: OpenGraph): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const [i, step] of steps.entries()) {
    const read = await readGraphs(weightsOfStep(step), open);
    const found =
      read.problems.length > 0 ? read.problems : [...inOneFile(read.graphs), ...checkStep(step, read.graphs)];
    problems.push(...found.map((p) => ({ ...p, place: `${i}.${p.place}` })));
  }
  return problems;
}

function checkStep(step: RestorationSteps[number], graphs: ReadonlyMap<string, GraphPorts>): Problem[] {
  switch (step.kind) {
    case 'onnx-super-resolution':
      return checkSuperResolution(step, graphs.get('weights')!);
    case 'gfpgan':
      return [
        ...checkFaceNetwork(step, graphs.get('weights')!),
        ...(step.mode === 'faces' ? checkUltraFace(graphs.get('detector.weights')!) : []),
      ];
    case 'denoise':
    case 'clahe':
    case 'resize':
    case 'unsharp':
    case 'gamma':
    case 'normalise':
      return [];
  }
}

function checkSuperResolution({ factor }: OnnxSuperResolutionStep, graph: GraphPorts): Problem[] {
  const input = onlyInput(graph, undefined, 'weights');
  const output = findPort(graph, 'outputs', undefined, 'weights');
  if ('problem' in input) return [input.problem];
  if ('problem' in output) return [output.problem];
  const problems = [
    ...checkShape('inputs', input.port, ['N', 3, 'H', 'W'], 'weights'),
    ...checkShape('outputs', output.port, ['N', 3, 'H', 'W'], 'weights'),
  ];
  if (problems.length > 0) return problems;
  const [given, made] = [input.port.shape?.[2], output.port.shape?.[2]];
  if (typeof given !== 'number' || typeof made !== 'number' || made === factor * given) return [];
  const mend = made % given === 0 ? `Say ${made / given}.` : 'It is not a whole number of times larger.';
  return [mismatch('outputs', output.port, 'factor', factor, `Of ${given} rows it makes ${made}. ${mend}`)];
}

function checkFaceNetwork(step: GfpganStep, graph: GraphPorts): Problem[] {
  const { size } = step;
  const input = onlyInput(graph, step.input, 'input');
  const output = findPort(graph, 'outputs', step.output, 'output');
  if ('problem' in input) return [input.problem];
  if ('problem' in output) return [output.problem];
  const side = input.port.shape?.[2];
  if (typeof side === 'number' && side !== size && side === input.port.shape?.[3]) {
    return [mismatch('inputs', input.port, 'size', size, `Say ${side}.`)];
  }
  return [
    ...checkShape('inputs', input.port, ['N', 3, size, size], 'weights'),
    ...checkShape('outputs', output.port, ['N', 3, size, size], 'output'),
  ];
}

function checkUltraFace(graph: GraphPorts): Problem[] {
  const place = 'detector.weights';
  const input = onlyInput(graph, undefined, place);
  const problems = 'problem' in input ? [input.problem] : checkShape('inputs', input.port, [1, 3, 'H', 'W'], place);
  for (const [name, columns] of [['scores', 2] as const, ['boxes', 4] as const]) {
    const output = findPort(graph, 'outputs', name, place);
    problems.push(
      ...('problem' in output ? [output.problem] : checkShape('outputs', output.port, [1, 'N', columns], place)),
    );
  }
  return problems;
}

/** A graph with further inputs could not be run. */
function onlyInput(graph: GraphPorts, name: string | undefined, place: string): { port: Port } | { problem: Problem } {
  const found = findPort(graph, 'inputs', name, place);
  if ('problem' in found || graph.inputs.length === 1) return found;
  const others = graph.inputs.filter((port) => port !== found.port).map((port) => `'${port.name}'`);
  return {
    problem: problem('MODEL_INPUT_MISMATCH', `The file has further inputs: ${others.join(', ')}.`, {
      place,
      mend: 'Export it with the other inputs as constants.',
    }),
  };
}

/** @param wanted names stand for open sizes */
function checkShape(
  which: 'inputs' | 'outputs',
  port: Port,
  wanted: readonly (number | string)[],
  place: string,
): Problem[] {
  const { type, shape } = port;
  const differs = (size: number | string, i: number): boolean => {
    const has = shape?.[i];
    return typeof size === 'number' && typeof has === 'number' && has !== size;
  };
  // A graph need not tell its shape.
  const fits = !shape || (shape.length === wanted.length && !wanted.some(differs));
  if (type === 'float32' && fits) return [];
  const value = `float32 [${wanted.join(', ')}]`;
  return [mismatch(which, port, place, value, `Export it with ${value}.`)];
}
