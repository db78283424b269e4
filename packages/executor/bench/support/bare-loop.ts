import { InferenceSession, Tensor } from 'onnxruntime-node';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { InputSpec } from '@samplewise/domain';

/**
 * What somebody would write by hand: read a batch of images with sharp, make a tensor of them, run the session. No
 * database, no other process. It is a process of its own, so that nothing else of ours takes part.
 */
export interface BareLoop {
  model: string;
  input: InputSpec;
  images: Uint8Array[];
  threads: number;
}

/** Without the time to open the model. */
export interface Rate {
  /** Images. */
  perSecond: number;
  /** Of all cores, for an image. On a machine that others use too it says more than the time that passed. */
  cpuMilliseconds: number;
}

export interface BareRates {
  /** The next batch is being prepared while the model works. */
  overlapped: Rate;
  /** One after the other. */
  sequential: Rate;
  /** The model alone, on one tensor again and again: nothing can be faster. */
  inference: Rate;
}

async function measure({ model, input, images, threads }: BareLoop): Promise<BareRates> {
  const session = await InferenceSession.create(await readFile(model), {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
  });
  const [name, output] = [session.inputNames[0]!, session.outputNames[0]!];
  const batches = Array.from({ length: Math.ceil(images.length / input.batch) }, (_, b) =>
    images.slice(b * input.batch, (b + 1) * input.batch),
  );
  const run = async (tensor: Tensor): Promise<void> => {
    await session.run({ [name]: tensor }, [output]);
  };
  const first = await toTensor(batches[0]!, input);
  for (let i = 0; i < 3; i++) await run(first);

  const rate = async (work: () => Promise<void>): Promise<Rate> => {
    const [began, before] = [performance.now(), process.cpuUsage()];
    await work();
    const { user, system } = process.cpuUsage(before);
    return {
      perSecond: images.length / ((performance.now() - began) / 1000),
      cpuMilliseconds: (user + system) / 1000 / images.length,
    };
  };
  const overlapped = await rate(async () => {
    let next = toTensor(batches[0]!, input);
    for (const [b] of batches.entries()) {
      const tensor = await next;
      const following = batches[b + 1];
      if (following) next = toTensor(following, input);
      await run(tensor);
    }
  });
  const sequential = await rate(async () => {
    for (const batch of batches) await run(await toTensor(batch, input));
  });
  const inference = await rate(async () => {
    for (const batch of batches) await run(batch.length === input.batch ? first : await toTensor(batch, input));
  });
  return { overlapped, sequential, inference };
}

async function toTensor(images: readonly Uint8Array[], input: InputSpec): Promise<Tensor> {
  const { width, height, scale, mean, std } = input;
  const channels = input.colour === 'GRAY' ? 1 : 3;
  const area = width * height;
  const data = new Float32Array(images.length * channels * area);
  const write = async (bytes: Uint8Array, i: number): Promise<void> => {
    const pixels = await sharp(bytes)
      .resize(width, height, { fit: 'fill', kernel: input.resize })
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .raw()
      .toBuffer();
    const start = i * channels * area;
    for (let c = 0; c < channels; c++) {
      const [m, s] = [mean[c] ?? mean[0]!, std[c] ?? std[0]!];
      for (let p = 0; p < area; p++) data[start + c * area + p] = (pixels[p * channels + c]! / scale - m) / s;
    }
  };
  await Promise.all(images.map(write));
  return new Tensor('float32', data, [images.length, channels, height, width]);
}

process.once('message', (task: BareLoop) => {
  sharp.concurrency(1);
  sharp.cache(false);
  measure(task).then(
    (rates) => process.send!(rates, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
