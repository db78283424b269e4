import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';

const MEAN = [0.485, 0.456, 0.406];
const STD = [0.229, 0.224, 0.225];
const BATCH = 64;
const RESTORED_AT_ONCE = 32;
const SIDE = 48;

export interface Effort {
  seconds: number;
  /** Of all cores. On a machine that others use too it says more than the time that passed. */
  cpuSeconds: number;
}

/**
 * What one would write without the platform: decode, restore, clamp to 8 bits, resize and classify, batch after batch in
 * one process, nothing stored. Threads and batches are those of the executor.
 * @returns a function that takes encoded images
 */
export async function bareLoop(
  files: { restorer: string; classifier: string },
  threads: number,
): Promise<(images: readonly Uint8Array[]) => Promise<Effort>> {
  sharp.cache(false);
  sharp.concurrency(1);
  const options = { intraOpNumThreads: threads, interOpNumThreads: 1, logSeverityLevel: 3 } as const;
  const restorer = await InferenceSession.create(files.restorer, options);
  const classifier = await InferenceSession.create(files.classifier, options);
  return async (images) => {
    const [started, before] = [performance.now(), process.cpuUsage()];
    for (let start = 0; start < images.length; start += BATCH) {
      const batch = images.slice(start, start + BATCH);
      const pixels = await Promise.all(batch.map((bytes) => sharp(bytes).toColourspace('srgb').raw().toBuffer()));
      const restored: Uint8Array[] = [];
      for (let i = 0; i < pixels.length; i += RESTORED_AT_ONCE) {
        restored.push(...(await restore(restorer, pixels.slice(i, i + RESTORED_AT_ONCE))));
      }
      const raw = { width: 2 * SIDE, height: 2 * SIDE, channels: 3 } as const;
      const fitted = await Promise.all(
        restored.map((data) =>
          sharp(data, { raw }).resize(SIDE, SIDE, { fit: 'fill', kernel: 'cubic' }).raw().toBuffer(),
        ),
      );
      const input = toTensor(fitted, SIDE, (byte, c) => (byte / 255 - MEAN[c]!) / STD[c]!);
      await classifier.run({ [classifier.inputNames[0]!]: input });
    }
    const { user, system } = process.cpuUsage(before);
    return { seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 };
  };
}

async function restore(session: InferenceSession, pixels: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const input = toTensor(pixels, SIDE, (byte) => byte / 127.5 - 1);
  const output = (await session.run({ [session.inputNames[0]!]: input }))[session.outputNames[0]!]!;
  const values = output.data as Float32Array;
  const area = 4 * SIDE * SIDE;
  return pixels.map((_, n) => {
    const bytes = new Uint8ClampedArray(area * 3);
    for (let c = 0; c < 3; c++) {
      for (let i = 0; i < area; i++) bytes[i * 3 + c] = (values[(n * 3 + c) * area + i]! + 1) * 127.5;
    }
    return new Uint8Array(bytes.buffer);
  });
}

function toTensor(images: readonly Uint8Array[], side: number, value: (byte: number, c: number) => number): Tensor {
  const area = side * side;
  const tables = [0, 1, 2].map((c) => Float32Array.from({ length: 256 }, (_, byte) => value(byte, c)));
  const data = new Float32Array(images.length * 3 * area);
  images.forEach((bytes, n) => {
    for (let c = 0; c < 3; c++) {
      for (let i = 0; i < area; i++) data[(n * 3 + c) * area + i] = tables[c]![bytes[i * 3 + c]!]!;
    }
  });
  return new Tensor('float32', data, [images.length, 3, side, side]);
}
