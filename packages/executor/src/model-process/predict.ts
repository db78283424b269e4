import { InvalidInput, problem } from '@samplewise/domain';
import type { TensorTraits } from '../models/model.ts';
import { prepare, type Preparation, type Prepared } from './prepare.ts';
import type { Predicted } from './protocol.ts';

/** How far a row of probabilities may be from a sum of 1: float16 models and quantised ones round. */
const SUM_TOLERANCE = 0.02;
/** A sum that is nearer to 1 than that is left alone: float32 rounds too. */
const ROUNDING = 1e-5;

/** Batches that are prepared while the model works: of restored images one is in the network while another is fitted. */
const AHEAD = { plain: 1, restored: 2 } as const;

/**
 * Predicts images in batches, or computes their features. While the model works on one batch, the next are decoded, restored and preprocessed.
 * @param turn the end of what the model is at; the first batch is prepared meanwhile
 * @param progress called when the turn has come, and after each batch, with the images done; what it throws ends the work
 * @throws InvalidInput when the model's output is not what its config says
 */
export async function predict(
  preparation: Preparation,
  traits: TensorTraits,
  turn: Promise<unknown>,
  progress: (done: number) => void,
): Promise<Predicted> {
  const { thread, restorers, images, clock, failures, pictures } = preparation;
  const { batch, columns, device } = traits;
  const check = traits.gives === 'probabilities' ? makeDistributions : checkFeatures;
  const scores = new Float32Array(images.length * columns);
  const latencyMicros = new Int32Array(images.length);

  const ahead: Promise<Prepared>[] = [];
  let asked = 0;
  const askFor = (count: number): void => {
    for (; ahead.length < count && asked < images.length; asked += batch) {
      const next = prepare(preparation, traits, asked);
      // Its failure is met when its turn comes; without this it would count as unhandled meanwhile.
      next.catch(() => undefined);
      ahead.push(next);
    }
  };
  const most = restorers.length === 0 ? AHEAD.plain : AHEAD.restored;
  askFor(1);
  await turn;
  clock.begin();
  progress(0);
  askFor(most);
  for (let prepared = await ahead.shift(); prepared; prepared = await ahead.shift()) {
    const { first, images: count, tensor } = prepared;
    const inference = thread.infer(tensor, count);
    askFor(most);
    const { value, seconds, until } = await inference;
    clock.add('INFERENCE', seconds, until);
    check(value, columns, first, failures);
    scores.set(value, first * columns);
    latencyMicros.fill(Math.round((seconds * 1e6) / count), first, first + count);
    progress(first + count);
  }
  await pictures.end();
  return {
    kind: 'predicted',
    scores,
    columns,
    device,
    answers: null,
    exceeded: false,
    failures,
    latencyMicros,
    costs: clock.costs(),
  };
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

/** Features that are no numbers would spoil whatever is learned of them. */
function checkFeatures(
  features: Float32Array,
  columns: number,
  first: number,
  failures: readonly (string | null)[],
): void {
  features.forEach((feature, i) => {
    if (Number.isFinite(feature) || failures[first + Math.floor(i / columns)] !== null) return;
    throw new InvalidInput(
      problem('MODEL_OUTPUT_MISMATCH', `The model gives ${feature} as a feature.`, {
        place: 'features',
        mend: 'Check the normalisation of the input (scale, mean, std) and the weights.',
      }),
    );
  });
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
