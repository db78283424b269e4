import type { Pixels } from '../images/decode.ts';
import type { Budget } from '../models/allowance.ts';
import type { Answer, PictureTraits } from '../models/model.ts';
import type { InferenceThread } from './inference-thread.ts';
import { PhaseClock } from './phase-clock.ts';
import { decodeAndRestore, type Findings } from './prepare.ts';
import type { ImageToPredict, Predicted } from './protocol.ts';

/**
 * Asks a language model about images, batch by batch. While it answers, the next batch is decoded and restored.
 * @param budget when it is used up, the images that are left get no answer
 * @param progress called after each batch with the images done; what it throws ends the work
 */
export async function ask(
  thread: InferenceThread,
  { batch: most }: PictureTraits,
  images: readonly ImageToPredict[],
  budget: Budget,
  progress: (done: number) => void,
): Promise<Predicted> {
  const clock = new PhaseClock();
  const answers = new Array<Answer | null>(images.length).fill(null);
  const latencyMicros = new Int32Array(images.length).fill(-1);
  const findings: Findings = { failures: new Array<string | null>(images.length).fill(null), restored: [] };
  let left = budget;
  let exceeded = false;

  const prepareFrom = (first: number): Promise<(Pixels | undefined)[]> | undefined => {
    if (first >= images.length) return undefined;
    const prepared = decodeAndRestore(thread, images.slice(first, first + most), first, clock, findings);
    // Its failure is met at its turn; without this it would count as unhandled meanwhile.
    prepared.catch(() => undefined);
    return prepared;
  };

  let next = prepareFrom(0);
  for (let first = 0; next; first += most) {
    const pictures = await next;
    const open = [...pictures.keys()].filter((i) => pictures[i] !== undefined);
    const answering = thread.answer(
      open.map((i) => pictures[i]!),
      left,
    );
    next = prepareFrom(first + most);
    const { value, seconds } = await answering;
    clock.add('INFERENCE', seconds);
    open.forEach((i, k) => {
      const given = value.answers[k]!;
      answers[first + i] = given;
      if (given.failure === null) latencyMicros[first + i] = Math.round(given.seconds * 1e6);
      else findings.failures[first + i] = given.failure;
    });
    left = value.left;
    exceeded ||= value.exceeded;
    progress(Math.min(first + most, images.length));
  }
  return {
    kind: 'predicted',
    scores: new Float32Array(0),
    answers,
    exceeded,
    ...findings,
    latencyMicros,
    costs: clock.costs(),
  };
}
