import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import sharp from 'sharp';
import { extract } from 'tar-stream';

const EMOTIONS = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'];

/**
 * Writes images of a `.tar.gz` (folders named by class, files `PublicTest_*`) as the published fer2013.csv has them.
 * @returns the number of rows
 */
export async function writeFerCsv(archive: string, csv: string): Promise<number> {
  const lines = ['emotion,pixels,Usage'];
  const entries = createReadStream(archive).pipe(createGunzip()).pipe(extract());
  for await (const entry of entries) {
    const [, emotion, usage] = /([a-z]+)\/([A-Za-z]+)_\d+\.jpg$/.exec(entry.header.name) ?? [];
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    if (emotion === undefined) continue;
    const pixels = await sharp(Buffer.concat(chunks)).greyscale().raw().toBuffer();
    lines.push(`${EMOTIONS.indexOf(emotion)},${pixels.join(' ')},${usage}`);
  }
  await writeFile(csv, `${lines.join('\n')}\n`);
  return lines.length - 1;
}
