import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { decode, type Pixels } from '../src/images/decode.ts';
import { restorationQuality } from '../src/restoration/quality.ts';
import { squareOf } from '../src/restoration/face-alignment.ts';
import { suppress, type FaceBox } from '../src/restoration/ultraface.ts';
import { DETECTOR, NETWORK, openRestorer, restore } from './support/networks.ts';
import { tinyFaceNetwork } from './support/tiny-restorers.ts';

const ASSETS = path.resolve(import.meta.dirname, '../../../../shared/assets');
const MODEL = path.join(ASSETS, 'models/face_detection/version-RFB-320.onnx');
const present = existsSync(MODEL);
if (!present) console.log('  Without ../shared/assets: UltraFace and the web faces are not tried.');

describe.skipIf(!present)('UltraFace on web pictures of faces', () => {
  const restorer = async () =>
    openRestorer(
      { kind: 'gfpgan', mode: 'faces', weights: NETWORK, detector: { weights: DETECTOR } },
      { network: tinyFaceNetwork({ does: 'sharpen' }), detector: await readFile(MODEL) },
    );

  it('finds a face in most, changes those, and leaves the other pictures alone', async () => {
    const files = globSync('data/web-faces/*/*', { cwd: ASSETS }).sort().filter((_, i) => i % 7 === 0); // prettier-ignore
    expect(files.length).toBeGreaterThan(15);
    const images = await Promise.all(files.map(async (file) => decode(await readFile(path.join(ASSETS, file)))));
    const step = await restorer();
    const withFaces: [Pixels, Pixels][] = [];
    for (const image of images) {
      const [restored] = await restore(step, image);
      if (restored!.faces! > 0) withFaces.push([image, restored!.pixels]);
      else expect(restored!.pixels).toEqual(image);
    }
    expect(withFaces.length / images.length).toBeGreaterThanOrEqual(0.7);
    for (const [image, restored] of withFaces) {
      const { psnr, ssim } = restorationQuality(image, restored);
      expect(psnr).toBeGreaterThan(25);
      expect(ssim ?? 1).toBeGreaterThan(0.85);
    }
  });

  it('finds none where there is none', async () => {
    const noise: Pixels = {
      width: 200,
      height: 200,
      channels: 1,
      data: Uint8Array.from({ length: 40_000 }, (_, i) => (i * 7919) % 251),
    };
    expect((await restore(await restorer(), noise))[0]).toEqual({ pixels: noise, faces: 0 });
  });
});

const box = (left: number, top: number, right: number, bottom: number, score = 0.9): FaceBox => ({
  left,
  top,
  right,
  bottom,
  score,
});

describe('alignment', () => {
  it('puts a box where FFHQ has its faces: 336 of 512 high, the middle at 280', () => {
    expect(squareOf(box(88, 112, 424, 448))).toEqual({ left: 0, top: 0, side: 512 });
    expect(squareOf(box(288, 312, 624, 648))).toEqual({ left: 200, top: 200, side: 512 });
    expect(squareOf(box(44, 56, 212, 224))).toEqual({ left: 0, top: 0, side: 256 });
  });

  it('takes the longer edge, since a face in profile has a narrow box', () => {
    expect(squareOf(box(206, 112, 306, 448))).toEqual({ left: 0, top: 0, side: 512 });
  });
});

describe('suppression', () => {
  it('keeps the best of boxes that overlap by more than allowed', () => {
    const [best, same, apart] = [box(0, 0, 10, 10, 0.9), box(1, 0, 11, 10, 0.8), box(8, 8, 18, 18, 0.7)];
    expect(suppress([apart, same, best], 0.3)).toEqual([best, apart]);
    expect(suppress([apart, same, best], 1)).toEqual([best, same, apart]);
    expect(suppress([apart, same, best], 0)).toEqual([best]);
  });
});
