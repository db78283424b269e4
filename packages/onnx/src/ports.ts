import { problem, type InputSpec, type Problem } from '@samplewise/domain';
import { nearest } from './nearest.ts';
import type { GraphPorts, Port } from './read-graph.ts';

const WORDS = {
  inputs: { word: 'input', code: 'MODEL_INPUT_MISMATCH' },
  outputs: { word: 'output', code: 'MODEL_OUTPUT_MISMATCH' },
} as const;

export type Found = { port: Port } | { problem: Problem };

/** The port of that name, or the only one. */
export function findPort(
  graph: GraphPorts,
  which: 'inputs' | 'outputs',
  name: string | undefined,
  place: string,
): Found {
  const ports = graph[which];
  const { word, code } = WORDS[which];
  const found = name === undefined ? (ports.length === 1 ? ports[0] : undefined) : ports.find((p) => p.name === name);
  if (found) return { port: found };
  const names = ports.map((p) => p.name);
  const listed = names
    .slice(0, 10)
    .map((n) => `'${n}'`)
    .join(', ');
  const guess = name === undefined ? names[0] : nearest(name, names);
  return {
    problem: problem(
      code,
      name === undefined
        ? `The file has ${names.length} ${word}s: ${listed}.`
        : `The file has no ${word} '${name}'; it has ${listed === '' ? 'none' : listed}.`,
      {
        place,
        ...(name === undefined ? {} : { value: name }),
        mend: `Name ${guess === undefined ? 'another file' : `'${guess}'`}.`,
      },
    ),
  };
}

/** Such as `float32 [N, 3, 224, 224]`. */
export const describePort = ({ type, shape }: Port): string =>
  `${type ?? 'no tensor'} ${shape ? `[${shape.join(', ')}]` : '[?]'}`;

export const mismatch = (
  which: 'inputs' | 'outputs',
  port: Port,
  place: string,
  value: unknown,
  mend: string,
): Problem =>
  problem(WORDS[which].code, `The file's ${WORDS[which].word} '${port.name}' is ${describePort(port)}.`, {
    place,
    value,
    mend,
  });

/** What of an image input does not fit the file's. */
export function checkImageInput(graph: GraphPorts, spec: InputSpec): Problem[] {
  const found = findPort(graph, 'inputs', spec.name, 'input.name');
  if ('problem' in found) return [found.problem];
  const { port } = found;
  if (graph.inputs.length > 1) {
    const others = graph.inputs.filter((p) => p !== port).map((p) => `'${p.name}'`);
    const mend = 'Export it with the other inputs as constants.';
    return [
      problem('MODEL_INPUT_MISMATCH', `The file has further inputs: ${others.join(', ')}.`, {
        place: 'input.name',
        mend,
      }),
    ];
  }
  if (port.type !== 'float32') {
    return [mismatch('inputs', port, 'input', 'float32', 'Export it with a float32 input.')];
  }
  // A graph need not tell its shape.
  if (!port.shape) return [];
  if (port.shape.length !== 4) {
    return [mismatch('inputs', port, 'input', spec.layout, 'It must have four dimensions: NCHW or NHWC.')];
  }
  return checkSizes(port, port.shape, spec);
}

function checkSizes(port: Port, shape: readonly (number | string)[], spec: InputSpec): Problem[] {
  const [, first, second, third] = shape;
  const wanted = spec.colour === 'GRAY' ? 1 : 3;
  const isColours = (size: number | string | undefined): boolean => size === 1 || size === 3;
  const layout =
    isColours(first) && !isColours(third) ? 'NCHW' : isColours(third) && !isColours(first) ? 'NHWC' : spec.layout;
  if (layout !== spec.layout) return [mismatch('inputs', port, 'input.layout', spec.layout, `Say '${layout}'.`)];
  const [channels, height, width] = layout === 'NCHW' ? [first, second, third] : [third, first, second];
  const problems: Problem[] = [];
  const differs = (has: number | string | undefined, is: number): has is number =>
    typeof has === 'number' && has !== is;
  if (differs(channels, wanted)) {
    const mend = isColours(channels)
      ? `Say '${channels === 1 ? 'GRAY' : 'RGB'}'.`
      : 'Export it for one or three channels.';
    problems.push(mismatch('inputs', port, 'input.colour', spec.colour, mend));
  }
  if (differs(height, spec.height))
    problems.push(mismatch('inputs', port, 'input.height', spec.height, `Say ${height}.`));
  if (differs(width, spec.width)) problems.push(mismatch('inputs', port, 'input.width', spec.width, `Say ${width}.`));
  return problems;
}

/** Numbers of one image or prompt, where the file tells. */
export function numbersOf({ shape }: Port): number | undefined {
  if (!shape || shape.length < 2) return undefined;
  const sizes = shape.slice(1);
  return sizes.every((size) => typeof size === 'number')
    ? sizes.reduce((product, size) => product * size, 1)
    : undefined;
}
