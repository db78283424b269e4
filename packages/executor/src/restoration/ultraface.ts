import { InvalidInput, problem, type FaceDetector } from '@samplewise/domain';
import { imagesAtATime } from '../images/at-a-time.ts';
import type { Pixels, Size } from '../images/decode.ts';
import { resize } from '../images/resize.ts';
import type { PhaseClock } from '../model-process/phase-clock.ts';
import { findInput, findOutput, isStatic, type Port } from '../models/session.ts';
import { checkInput, checkOutput, type Network } from './network.ts';
import { toRgbTensor, type ValueRange } from './rgb-tensor.ts';

/** A found face, in the picture's pixels; edges may lie a little beyond the picture's. */
export interface FaceBox {
  left: number;
  top: number;
  right: number;
  bottom: number;
  score: number;
}

/** (v - 127) / 128 */
const RANGE: ValueRange = { scale: 128, offset: 127 / 128 };
/** Where the graph does not say its own. */
const USUAL_SIZE: Size = { width: 320, height: 240 };

/**
 * Ultra-Light-Fast-Generic-Face-Detector-1MB (Linzaer, 2019), "UltraFace": boxes without landmarks. The picture is
 * stretched to the network's size, as its authors do.
 * @returns a function that finds the faces of a picture, the best first
 * @throws InvalidInput when the file and the step do not fit
 */
export function ultraFace(
  detector: FaceDetector,
  network: Network,
  place: string,
): (image: Pixels, clock: PhaseClock) => Promise<FaceBox[]> {
  const input = findInput(network, undefined, `${place}.weights`);
  const outputs = ['scores', 'boxes'];
  for (const name of outputs) findOutput(network, name, `${place}.weights`);
  const size = sizeOf(input);
  const dims = [1, 3, size.height, size.width];
  checkInput(input, dims, `${place}.weights`);
  return async (image, clock) => {
    const tensor = await clock.measure('PREPROCESSING', async () =>
      toRgbTensor([await imagesAtATime(() => resize(image, size, 'linear'))], 1, RANGE),
    );
    const [scores, boxes] = await network.run(input.name, tensor, dims, outputs, clock);
    const mend = 'Take a detector of the kind that the step names.';
    checkOutput('scores', scores!, [1, 'N', 2], `${place}.weights`, mend);
    checkOutput('boxes', boxes!, [1, scores!.dims[1]!, 4], `${place}.weights`, mend);
    if (!scores!.data.every(Number.isFinite) || !boxes!.data.every(Number.isFinite)) throw notANumber(place);
    return clock.measureNow('PREPROCESSING', () => {
      const found = boxesOf(scores!.data, boxes!.data, detector.threshold, image);
      return suppress(found, detector.iou);
    });
  };
}

function sizeOf({ shape }: Port): Size {
  const [, , height, width] = shape;
  return isStatic(width) && isStatic(height) ? { width, height } : USUAL_SIZE;
}

/** @param scores of no face and a face, by turns @param boxes left, top, right, bottom in 0..1 */
function boxesOf(scores: Float32Array, boxes: Float32Array, threshold: number, { width, height }: Size): FaceBox[] {
  const found: FaceBox[] = [];
  for (let i = 0; i < scores.length / 2; i++) {
    const score = scores[2 * i + 1]!;
    const [left, top, right, bottom] = boxes.subarray(4 * i, 4 * i + 4);
    if (score < threshold || right! <= left! || bottom! <= top!) continue;
    found.push({ left: left! * width, top: top! * height, right: right! * width, bottom: bottom! * height, score });
  }
  return found;
}

/** Non-maximum suppression: of boxes that overlap by more than `iou` the best. */
export function suppress(boxes: readonly FaceBox[], iou: number): FaceBox[] {
  const kept: FaceBox[] = [];
  for (const box of [...boxes].sort((a, b) => b.score - a.score)) {
    if (kept.every((better) => overlap(better, box) <= iou)) kept.push(box);
  }
  return kept;
}

/** Intersection over union. */
function overlap(a: FaceBox, b: FaceBox): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  const area = (box: FaceBox): number => (box.right - box.left) * (box.bottom - box.top);
  return (width * height) / (area(a) + area(b) - width * height);
}

function notANumber(place: string): InvalidInput {
  return new InvalidInput(
    problem('MODEL_OUTPUT_MISMATCH', 'The detector gives what is no number.', {
      place: `${place}.weights`,
      mend: 'Check its weights.',
    }),
  );
}
