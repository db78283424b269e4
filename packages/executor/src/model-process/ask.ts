import type { Pixels } from '../images/decode.ts';
import type { Budget } from '../models/allowance.ts';
import type { Answer, PictureTraits } from '../models/model.ts';
import { decodeAndRestore, type Preparation } from './prepare.ts';
import type { Predicted } from './protocol.ts';

interface Picture {
  /** Position in the request's images. */
  i: number;
  pixels: Pixels;
}

/**
 * Asks a language model about images, batch by batch. While it answers, the next batch is decoded and restored.
 * @param budget when it is used up, the images that are left get no answer
 * @param turn the end of what the model is at; the first batch is prepared meanwhile
 * @param progress called when the turn has come, and after each batch, with the images done; what it throws ends the work
 */
export async function ask(
  preparation: Preparation,
  { batch: most, device }: PictureTraits,
  budget: Budget,
  turn: Promise<unknown>,
  progress: (done: number) => void,
): Promise<Predicted> {
  const { thread, images, clock, failures } = preparation;
  const answers = new Array<Answer | null>(images.length).fill(null);
  const latencyMicros = new Int32Array(images.length).fill(-1);
  let left = budget;
  let exceeded = false;

  const prepareFrom = (first: number): Promise<Picture[]> | undefined => {
    if (first >= images.length) return undefined;
    const prepared = picturesFrom(preparation, first, Math.min(most, images.length - first));
    // Its failure is met at its turn; without this it would count as unhandled meanwhile.
    prepared.catch(() => undefined);
    return prepared;
  };

  let next = prepareFrom(0);
  await turn;
  clock.begin();
  progress(0);
  for (let first = 0; next; first += most) {
    const pictures = await next;
    const answering = thread.answer(
      pictures.map(({ pixels }) => pixels),
      left,
    );
    next = prepareFrom(first + most);
    const { value, seconds, until } = await answering;
    clock.add('INFERENCE', seconds, until);
    pictures.forEach(({ i }, k) => {
      const given = value.answers[k]!;
      answers[i] = given;
      if (given.failure === null) latencyMicros[i] = Math.round(given.seconds * 1e6);
      else failures[i] = given.failure;
    });
    left = value.left;
    exceeded ||= value.exceeded;
    progress(Math.min(first + most, images.length));
  }
  await preparation.pictures.end();
  return {
    kind: 'predicted',
    scores: new Float32Array(0),
    columns: 0,
    device,
    answers,
    exceeded,
    failures,
    latencyMicros,
    costs: clock.costs(),
  };
}

/** In their order, without those that can't be decoded. */
async function picturesFrom(preparation: Preparation, first: number, count: number): Promise<Picture[]> {
  const pictures: Picture[] = [];
  await decodeAndRestore(preparation, first, count, (pixels, i) => {
    pictures.push({ i, pixels });
  });
  return pictures.sort((a, b) => a.i - b.i);
}
