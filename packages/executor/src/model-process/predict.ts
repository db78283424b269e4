import { InvalidInput, problem } from '@samplewise/domain';
import type { InferenceThread } from './inference-thread.ts';
import { PhaseClock } from './phase-clock.ts';
import { prepare, type Findings, type Prepared } from './prepare.ts';
import type { ImageToPredict, Predicted } from './protocol.ts';

/** How far a row of probabilities may be from a sum of 1: float16 models and quantised ones round. */
const SUM_TOLERANCE = 0.02;
/** A sum that is nearer to 1 than that is left alone: float32 rounds too. */
const ROUNDING = 1e-5;

/**
 * Predicts images in batches. While the model works on one batch, the next is decoded, restored and preprocessed.
 * @param turn the end of what the model is at; the first batch is prepared meanwhile
 * @param progress called when the turn has come, and after each batch, with the images done; what it throws ends the work
 * @throws InvalidInput when the model's output is not what its config says
 */
export async function predict(
  thread: InferenceThread,
  images: readonly ImageToPredict[],
  turn: Promise<unknown>,
  progress: (done: number) => void,
): Promise<Predicted> {
  const classes = thread.traits.labels.length;
  const clock = new PhaseClock();
  const scores = new Float32Array(images.length * classes);
  const latencyMicros = new Int32Array(images.length);
  const findings: Findings = { failures: new Array<string | null>(images.length).fill(null), restored: [] };

  let next = images.length > 0 ? prepare(thread, images, 0, clock, findings) : undefined;
  next?.catch(() => undefined);
  await turn;
  clock.begin();
  progress(0);
  while (next) {
    const prepared: Prepared = await next;
    const after = prepared.first + prepared.images;
    const inference = thread.infer(prepared.tensor, prepared.images);
    next = after < images.length ? prepare(thread, images, after, clock, findings) : undefined;
    // Its failure is met at the next turn; without this it would count as unhandled meanwhile.
    next?.catch(() => undefined);
    const { value, seconds } = await inference;
    clock.add('INFERENCE', seconds);
    makeDistributions(value, classes, prepared.first, findings.failures);
    scores.set(value, prepared.first * classes);
    latencyMicros.fill(Math.round((seconds * 1e6) / prepared.images), prepared.first, after);
    progress(after);
  }
  return { kind: 'predicted', scores, ...findings, latencyMicros, costs: clock.costs() };
}

/**
 * Makes sure that each row that counts is a distribution, and takes out what half precision has rounded. Anything else
 * would be stored as a prediction, and spoil every metric that reads scores; it is the model's fault or its config's, so
 * the run fails.
 */
function makeDistributions(
  scores: Float32Array,
  classes: number,
  first: number,
  failures: readonly (string | null)[],
): void {
  for (let row = 0; row < scores.length / classes; row++) {
    if (failures[first + row] !== null) continue;
    const here = scores.subarray(row * classes, (row + 1) * classes);
    let sum = 0;
    here.forEach((score, c) => {
      if (!Number.isFinite(score)) throw noNumber(score, first + row, c);
      sum += score < 0 ? NaN : score;
    });
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) throw noDistribution(here);
    if (Math.abs(sum - 1) > ROUNDING) here.forEach((score, c) => (here[c] = score / sum));
  }
}

function noNumber(score: number, sample: number, label: number): InvalidInput {
  return new InvalidInput(
    problem('MODEL_OUTPUT_MISMATCH', `The model gives ${score} as the score of a class.`, {
      place: `sample ${sample} of the shard, class ${label}`,
      mend: 'Check the normalisation of the input (scale, mean, std) and the weights.',
    }),
  );
}

function noDistribution(row: Float32Array): InvalidInput {
  return new InvalidInput(
    problem('MODEL_OUTPUT_MISMATCH', 'The scores of an image are not probabilities: they do not sum up to 1.', {
      place: 'output.activation',
      value: Array.from(row, (score) => Number(score.toPrecision(4))),
      mend: "If the model gives logits, the output's activation is 'logits'.",
    }),
  );
}
