import type { ClassicalStep } from '@samplewise/domain';
import type { Pixels, Size } from '../images/decode.ts';
import { resize, through } from '../images/resize.ts';
import { imagesAtATime } from '../images/at-a-time.ts';
import type { Restorer } from './restorer.ts';

/** Steps without a network, by sharp. Grey pictures stay grey. */
export function classicalRestorer(step: ClassicalStep): Restorer {
  const apply = operation(step);
  return {
    sizeAfter: (size) => (step.kind === 'resize' ? resized(step, size) : size),
    restore: (images, clock) =>
      clock.measure('PREPROCESSING', () =>
        Promise.all(images.map((image) => imagesAtATime(async () => ({ pixels: await apply(image) })))),
      ),
  };
}

function operation(step: ClassicalStep): (image: Pixels) => Pixels | Promise<Pixels> {
  switch (step.kind) {
    case 'denoise':
      return step.method === 'median'
        ? (image) => median(image, step.size)
        : (image) => through(image, (p) => p.blur({ sigma: step.sigma }));
    case 'clahe':
      return (image) => {
        // libvips refuses a window that is larger than the picture.
        const window = { width: Math.min(step.width, image.width), height: Math.min(step.height, image.height) };
        return through(image, (p) => p.clahe({ ...window, maxSlope: step.maxSlope }));
      };
    case 'resize':
      return (image) => resize(image, resized(step, image), step.kernel);
    case 'unsharp':
      return (image) => through(image, (p) => p.sharpen({ sigma: step.sigma, m1: step.flat, m2: step.jagged }));
    case 'gamma':
      return gammaCurve(step.gamma);
    case 'normalise':
      return (image) => through(image, (p) => p.normalise({ lower: step.lower, upper: step.upper }));
  }
}

/** With the largest odd window that the picture holds, at most `size`. */
function median(image: Pixels, size: number): Pixels | Promise<Pixels> {
  const most = Math.min(size, image.width, image.height);
  const window = most % 2 === 1 ? most : most - 1;
  return window < 3 ? image : through(image, (p) => p.median(window));
}

/** sharp's own gamma is undone after a resize; this one stays. */
function gammaCurve(gamma: number): (image: Pixels) => Pixels {
  const table = Uint8Array.from({ length: 256 }, (_, v) => Math.round(255 * (v / 255) ** (1 / gamma)));
  return (image) => ({ ...image, data: image.data.map((value) => table[value]!) });
}

function resized(step: Extract<ClassicalStep, { kind: 'resize' }>, { width, height }: Size): Size {
  const { factor } = step;
  if (factor === undefined) return { width: step.width!, height: step.height! };
  const times = (side: number): number => Math.max(1, Math.round(side * factor));
  return { width: times(width), height: times(height) };
}
