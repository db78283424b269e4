import { backboneOfModel, problem, type ModelSpec, type Problem } from '@samplewise/domain';
import type { ByteSource } from './byte-source.ts';
import { backboneOf, neededFor, penultimate, type Backbone } from './backbone.ts';
import { nearestOf } from './nearest.ts';
import { readGraphNodes } from './read-nodes.ts';
import { Malformed } from './wire.ts';

/** Before it the operators that a head needs are other ones; onnxruntime promises nothing for such files either. */
const FIRST_OPSET = 7;
/** Names that an error shows. */
const SHOWN = 5;

export type FoundFeatures = { tensor: string } | { problem: Problem };

/** Reads the graph of a file by its nodes. @throws Malformed when it is none */
export const readBackbone = async (source: ByteSource): Promise<Backbone> => backboneOf(await readGraphNodes(source));

/**
 * The tensor of a model's graph from which features are taken: the named one, else what the last layer of a classifier is
 * given, or the embedding of CLIP's vision encoder.
 * @param named `features` of the probe
 * @param open lends the file of a digest
 */
export async function findFeatures(
  spec: ModelSpec,
  named: string | undefined,
  open: (digest: string, use: (source: ByteSource) => Promise<Backbone>) => Promise<Backbone>,
): Promise<FoundFeatures> {
  const backbone = backboneOfModel(spec);
  if (!backbone) {
    const mend = 'Name an onnx-classifier or a clip-zero-shot model.';
    return wrong('INVALID_VALUE', 'The model has no ONNX network that features could be taken from.', spec.kind, mend);
  }
  let found: Backbone;
  try {
    found = await open(backbone.digest, readBackbone);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const mend = 'Export it again.';
    return wrong('MODEL_MALFORMED', `The file is not a whole ONNX model: ${error.message}.`, backbone.digest, mend);
  }
  if ((found.graph.opset ?? FIRST_OPSET) < FIRST_OPSET) {
    const mend = `Export it with operators of version ${FIRST_OPSET} or later.`;
    return wrong('MODEL_MALFORMED', "The file's operators are too old to add a head to.", found.graph.opset, mend);
  }
  const output = backbone.output ?? found.graph.outputs[0] ?? '';
  const tensor = named ?? (spec.kind === 'clip-zero-shot' ? spec.visionOutput : penultimate(found, output));
  if (tensor === undefined) {
    const message = `The file does not tell what its features are: '${output}' does not come from a dense layer.`;
    const last = found.tensors.filter((name) => name !== output).slice(-SHOWN);
    return wrong('MODEL_OUTPUT_MISMATCH', message, undefined, `Name one of its tensors, such as ${quoted(last)}.`);
  }
  if (!found.tensors.includes(tensor)) {
    const mend = `Name one that it has, such as ${quoted(nearestOf(tensor, found.tensors, SHOWN))}.`;
    return wrong('MODEL_OUTPUT_MISMATCH', 'The file has no such tensor that depends on the image.', tensor, mend);
  }
  const needed = neededFor(found.graph, tensor).names;
  const inputs = found.inputs.filter((name) => needed.has(name));
  if (inputs.length > 1) {
    const message = `The tensor depends on several inputs: ${quoted(inputs)}.`;
    return wrong('MODEL_INPUT_MISMATCH', message, tensor, 'Name one that depends on the image alone.');
  }
  return { tensor };
}

const wrong = (code: Problem['code'], message: string, value: unknown, mend: string): FoundFeatures => ({
  problem: problem(code, message, { ...(value === undefined ? {} : { value }), mend }),
});

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ') || 'none';
