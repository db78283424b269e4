import { boxFile } from '@samplewise/demo';
import { FER_LABELS } from '@samplewise/domain';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { Chance } from './chance.ts';
import { USAGES, type SampleFacts } from './sample-facts.ts';

export const SIDE = 48;
const PIXELS = SIDE * SIDE;
/** Of the faces of a class, which serve each usage: a face and its variations stay in one split, as they should. */
const FACES = { Training: [0, 40], PublicTest: [40, 50], PrivateTest: [50, 60] } as const;
/** FER-2013 has such images too, and the audit of a dataset should find some. */
const COPIES = 0.006;
const WRONG_COPIES = 0.001;
const BLANKS = 0.0005;
/** Standard normal numbers that are drawn once: an image's noise is a stretch of them. */
const NOISES = 1 << 16;

/** Grey images of the demo's faces by label, in the order of FER-2013's. */
export async function readFaces(): Promise<Uint8Array[][]> {
  return Promise.all(
    FER_LABELS.map(async (label) => {
      const folder = boxFile(`synthetic-faces/clean/${label}`);
      const names = (await readdir(folder)).sort();
      return Promise.all(
        names.map(async (name) => new Uint8Array(await sharp(path.join(folder, name)).greyscale().raw().toBuffer())),
      );
    }),
  );
}

/**
 * Images for all samples, one after the other: each is mixed of two of the demo's faces of its class, moved, lit and
 * blurred by chance. Some are copies of earlier ones, also under another label, and a few are blank.
 */
export function* drawFaces(faces: readonly Uint8Array[][], facts: SampleFacts, seed: number): Generator<Uint8Array> {
  const chance = new Chance(seed, 'faces');
  const noises = Float32Array.from({ length: NOISES + PIXELS }, () => chance.normal());
  const earlier: { pixels: Uint8Array; label: number }[] = [];
  for (let i = 0; i < facts.count; i++) {
    const label = facts.label[i]!;
    const copied = earlier.length > 0 ? copyOf(earlier, label, chance) : undefined;
    const pixels = copied ?? drawFace(faces[label]!, USAGES[facts.usage[i]!]!, facts.difficulty[i]!, chance, noises);
    if (chance.happens(0.1)) earlier[chance.below(500)] = { pixels, label };
    yield pixels;
  }
}

function copyOf(
  earlier: readonly { pixels: Uint8Array; label: number }[],
  label: number,
  chance: Chance,
): Uint8Array | undefined {
  const among = (fits: (other: number) => boolean): Uint8Array | undefined => {
    const found = earlier.filter((e) => (e as typeof e | undefined) !== undefined && fits(e.label));
    return found.length > 0 ? chance.of(found).pixels : undefined;
  };
  const dice = chance.uniform();
  if (dice < COPIES) return among((other) => other === label);
  if (dice < COPIES + WRONG_COPIES) return among((other) => other !== label);
  if (dice < COPIES + WRONG_COPIES + BLANKS) return new Uint8Array(PIXELS);
  return undefined;
}

function drawFace(
  faces: readonly Uint8Array[],
  usage: (typeof USAGES)[number],
  difficulty: number,
  chance: Chance,
  noises: Float32Array,
): Uint8Array {
  const some = faces.slice(...FACES[usage]);
  const [one, other] = [chance.of(some), chance.of(some)];
  const share = chance.between(0.5, 1);
  const angle = chance.normal() * 0.08;
  const scale = chance.between(0.94, 1.12);
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  const mirrored = chance.happens(0.5) ? -1 : 1;
  const [dx, dy] = [chance.normal() * 1.2, chance.normal() * 1.2];
  const contrast = chance.between(0.75, 1.15) * (1 - 0.4 * difficulty);
  const light = chance.normal() * 12;
  const noise = 2 + 17 * difficulty;
  const grain = chance.below(NOISES);
  const blur = 1.2 * difficulty;
  const pixels = new Uint8Array(PIXELS);
  const middle = (SIDE - 1) / 2;
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const u = (x - middle) * mirrored;
      const v = y - middle;
      const fx = middle + cos * u - sin * v + dx;
      const fy = middle + sin * u + cos * v + dy;
      const value = share * sample(one, fx, fy, blur) + (1 - share) * sample(other, fx, fy, blur);
      pixels[y * SIDE + x] = clamp(128 + (value - 128) * contrast + light + noise * noises[grain + y * SIDE + x]!);
    }
  }
  return pixels;
}

/** The mean of four bilinear looks, `spread` pixels apart. */
function sample(face: Uint8Array, x: number, y: number, spread: number): number {
  if (spread < 0.3) return bilinear(face, x, y);
  const half = spread / 2;
  return (
    (bilinear(face, x - half, y - half) +
      bilinear(face, x + half, y - half) +
      bilinear(face, x - half, y + half) +
      bilinear(face, x + half, y + half)) /
    4
  );
}

function bilinear(face: Uint8Array, x: number, y: number): number {
  const cx = Math.min(Math.max(x, 0), SIDE - 1.001);
  const cy = Math.min(Math.max(y, 0), SIDE - 1.001);
  const x0 = Math.floor(cx);
  const y0 = Math.floor(cy);
  const fx = cx - x0;
  const fy = cy - y0;
  const at = y0 * SIDE + x0;
  const top = face[at]! * (1 - fx) + face[at + 1]! * fx;
  const bottom = face[at + SIDE]! * (1 - fx) + face[at + SIDE + 1]! * fx;
  return top * (1 - fy) + bottom * fy;
}

const clamp = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));
