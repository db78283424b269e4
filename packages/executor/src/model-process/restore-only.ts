import { decodeAndRestore, type Preparation } from './prepare.ts';
import type { Predicted } from './protocol.ts';

/** Takes pictures through the restoration, where no model shall see them. Arguments are those of `predict`. */
export async function restoreOnly(
  preparation: Preparation,
  turn: Promise<unknown>,
  progress: (done: number) => void,
): Promise<Predicted> {
  const { images, clock, failures, pictures } = preparation;
  await turn;
  clock.begin();
  progress(0);
  await decodeAndRestore(preparation, 0, images.length, () => undefined);
  await pictures.end();
  return {
    kind: 'predicted',
    scores: new Float32Array(0),
    columns: 0,
    device: 'cpu',
    answers: null,
    exceeded: false,
    failures,
    latencyMicros: new Int32Array(images.length).fill(-1),
    costs: clock.costs(),
  };
}
