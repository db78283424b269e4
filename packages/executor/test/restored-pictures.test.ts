import { describe, expect, it } from 'vitest';
import type { Pixels } from '../src/images/decode.ts';
import { PhaseClock, secondsCovered } from '../src/model-process/phase-clock.ts';
import { partsOf, refusalOf } from '../src/model-process/picture-sizes.ts';
import { bytesOf, type RestoredImage } from '../src/model-process/protocol.ts';
import { RestoredPictures } from '../src/model-process/restored-pictures.ts';

/** 12 MB that no compression makes smaller. */
const large = (): Pixels => {
  const data = new Uint8Array(2000 * 2000 * 3);
  let state = 1;
  for (let i = 0; i < data.length; i++) data[i] = (state = Math.imul(state, 1_664_525) + 1_013_904_223) >>> 24;
  return { data, width: 2000, height: 2000, channels: 3 };
};

const after = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('restored pictures on their way out', () => {
  it('are held back when nobody stores them, and go on when somebody does', async () => {
    const sent: RestoredImage[][] = [];
    const pictures = new RestoredPictures(new PhaseClock(), (images) => sent.push(images));
    const pixels = large();
    const add = (image: number) => {
      pictures.add([{ image, step: 0, before: pixels, restored: { pixels } }]);
    };
    let added = 0;
    const producer = (async () => {
      for (; added < 20; added++) {
        await pictures.room();
        add(added);
      }
      await pictures.end();
    })();
    for (let before = -1; before < added;) {
      before = added;
      await after(1000);
    }
    // 128 MB, and what was at work when they were reached.
    expect(added).toBeLessThan(16);
    let stored = 0;
    while (added < 20 || stored < sent.length) {
      for (; stored < sent.length; stored++) pictures.stored(bytesOf(sent[stored]!));
      await after(50);
    }
    await producer;
    expect(sent.flat().map(({ image }) => image).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i)); // prettier-ignore
  }, 120_000);

  it('that can not be encoded fail the work, instead of being lost', async () => {
    const pictures = new RestoredPictures(new PhaseClock(), () => undefined);
    const pixels: Pixels = { data: new Uint8Array(3), width: 2, height: 2, channels: 1 };
    pictures.add([{ image: 0, step: 0, before: pixels, restored: { pixels } }]);
    await expect(pictures.end()).rejects.toThrow();
  });
});

describe('pictures that are restored together', () => {
  const doubling = { sizeAfter: ({ width, height }: Pick<Pixels, 'width' | 'height'>) => ({ width: 2 * width, height: 2 * height }) }; // prettier-ignore
  const picture = (side: number) => ({ picture: { width: side, height: side } });

  it('are as many as memory holds, each counted at its largest', () => {
    const sides = (parts: Iterable<{ picture: { width: number } }[]>) => [...parts].map((part) => part.map((one) => one.picture.width)); // prettier-ignore
    const pictures = [48, 48, 1500, 1500, 48, 8000].map(picture);
    expect(sides(partsOf(pictures, []))).toEqual([[48, 48, 1500, 1500, 48], [8000]]);
    expect(sides(partsOf(pictures, [doubling]))).toEqual([[48, 48, 1500], [1500, 48], [8000]]);
    expect(sides(partsOf([], [doubling]))).toEqual([]);
  });

  it('are refused before they are decoded when they would become too large', () => {
    expect(refusalOf({ width: 4096, height: 4096 }, [doubling])).toBeNull();
    expect(refusalOf({ width: 4097, height: 4097 }, [doubling])).toContain('8194 x 8194');
    expect(refusalOf({ width: 3000, height: 3000 }, [doubling, doubling])).toContain('12000 x 12000');
  });
});

describe('the time at work', () => {
  it('counts a moment once, however much was done in it', () => {
    const span = (from: number, until: number) => ({ from, until });
    expect(secondsCovered([])).toBe(0);
    expect(secondsCovered([span(2000, 3000), span(0, 1000)])).toBe(2);
    expect(secondsCovered([span(0, 2000), span(1000, 3000), span(500, 600)])).toBe(3);
    expect(secondsCovered([span(0, 1000), span(0, 1000)])).toBe(1);
  });
});
