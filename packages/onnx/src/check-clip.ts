import type { ClipZeroShotSpec, Problem } from '@samplewise/domain';
import { checkImageInput, findPort, mismatch, numbersOf } from './ports.ts';
import type { GraphPorts } from './read-graph.ts';

export function checkClip(spec: ClipZeroShotSpec, vision: GraphPorts, text: GraphPorts): Problem[] {
  const image = findPort(vision, 'outputs', spec.visionOutput, 'visionOutput');
  const prompt = findPort(text, 'outputs', spec.textOutput, 'textOutput');
  const problems = [
    ...checkImageInput(vision, spec.input),
    ...('problem' in image ? [image.problem] : []),
    ...('problem' in prompt ? [prompt.problem] : []),
    ...checkTokens(spec, text),
  ];
  if ('problem' in image || 'problem' in prompt) return problems;
  const [width, wanted] = [numbersOf(image.port), numbersOf(prompt.port)];
  if (width !== undefined && wanted !== undefined && width !== wanted) {
    const mend = `The text encoder's '${prompt.port.name}' has ${wanted} numbers: take both encoders from one model.`;
    problems.push(mismatch('outputs', image.port, 'visionOutput', spec.visionOutput, mend));
  }
  return problems;
}

function checkTokens({ textInput, contextLength }: ClipZeroShotSpec, text: GraphPorts): Problem[] {
  const found = findPort(text, 'inputs', textInput, 'textInput');
  if ('problem' in found) return [found.problem];
  const { port } = found;
  if (port.type !== 'int64' && port.type !== 'int32') {
    return [mismatch('inputs', port, 'textInput', textInput, 'It must take tokens as int64 or int32.')];
  }
  const length = port.shape?.[1];
  if (typeof length !== 'number' || length === contextLength) return [];
  return [mismatch('inputs', port, 'contextLength', contextLength, `Say ${length}.`)];
}
