import { createReadStream, createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { extract, pack } from 'tar-stream';

/** A folder with FER-2013's images and models trained on it; neither may be shipped with the project. */
// eslint-disable-next-line no-restricted-properties -- tests and benchmarks find it here
export const ASSETS = process.env.SAMPLEWISE_ASSETS;

/** Ends the benchmark where there are no assets. @returns their folder */
export function needAssets(): string {
  if (ASSETS !== undefined) return ASSETS;
  console.log('  skipped: SAMPLEWISE_ASSETS names no folder with FER-2013 and models trained on it');
  process.exit(0);
}

const TRAINING = 'data/fer2013/train_28709.tar.gz';

/** The first images of FER-2013's training split, 48 x 48 JPEGs. */
export async function readFaces(assets: string, count: number): Promise<Buffer[]> {
  const faces: Buffer[] = [];
  for await (const { content } of entries(assets, count)) faces.push(content);
  return faces;
}

/** Writes the same images as an archive with a folder for each class. */
export async function packFaces(assets: string, count: number, file: string): Promise<void> {
  const archive = pack();
  const written = pipeline(archive, createGzip({ level: 1 }), createWriteStream(file));
  for await (const { name, content } of entries(assets, count)) archive.entry({ name }, content);
  archive.finalize();
  await written;
}

interface Entry {
  name: string;
  content: Buffer;
}

/** Every so manieth image, so that each class is there: the archive has one class after the other. */
async function* entries(assets: string, count: number): AsyncGenerator<Entry> {
  const all = 28_709;
  let [seen, taken] = [0, 0];
  const archive = createReadStream(path.join(assets, TRAINING)).pipe(createGunzip()).pipe(extract());
  for await (const entry of archive) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    const name = /[a-z]+\/[A-Za-z]+_\d+\.jpg$/.exec(entry.header.name)?.[0];
    if (name === undefined) continue;
    if (Math.floor((++seen * count) / all) === taken) continue;
    taken++;
    yield { name, content: Buffer.concat(chunks) };
  }
}
