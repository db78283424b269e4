import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import sharp from 'sharp';
import { extract } from 'tar-stream';

const EMOTIONS = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'];

/**
 * Writes images of `.tar.gz` files (folders named by class, files `PublicTest_*`) as the published fer2013.csv has them.
 * @returns the number of rows
 */
export async function writeFerCsv(archives: string | readonly string[], csv: string): Promise<number> {
  let rows = 0;
  async function* lines(): AsyncGenerator<string> {
    yield 'emotion,pixels,Usage\n';
    for (const archive of [archives].flat()) {
      for await (const line of rowsOf(archive)) {
        rows += 1;
        yield line;
      }
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(csv));
  return rows;
}

async function* rowsOf(archive: string): AsyncGenerator<string> {
  const entries = createReadStream(archive).pipe(createGunzip()).pipe(extract());
  for await (const entry of entries) {
    const [, emotion, usage] = /([a-z]+)\/([A-Za-z]+)_\d+\.jpg$/.exec(entry.header.name) ?? [];
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    if (emotion === undefined) continue;
    const pixels = await sharp(Buffer.concat(chunks)).greyscale().raw().toBuffer();
    yield `${EMOTIONS.indexOf(emotion)},${pixels.join(' ')},${usage}\n`;
  }
}
