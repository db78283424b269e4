import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { detectFileFormat } from '../src/detect-format.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-format-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function archive(name: string, files: string[]): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, name.endsWith('.zip') ? await zip(files) : await tar(files, name.endsWith('gz')));
  return file;
}

function zip(files: string[]): Promise<Buffer> {
  const out = new ZipFile();
  for (const file of files) out.addBuffer(Buffer.from('x'), file);
  out.end();
  return buffer(out.outputStream);
}

async function tar(files: string[], gzipped: boolean): Promise<Buffer> {
  const out = pack();
  for (const name of files) out.entry({ name }, 'x');
  out.finalize();
  const bytes = await buffer(out as AsyncIterable<Buffer>);
  return gzipped ? gzipSync(bytes) : bytes;
}

describe('the format of a file', () => {
  it.each(['faces.zip', 'faces.tar', 'faces.tar.gz', 'faces.tgz'])('%s is told from what is in it', async (name) => {
    expect(await detectFileFormat(await archive(name, ['happy/1.png', '__MACOSX/._x.csv']))).toBe('image-folder');
    expect(await detectFileFormat(await archive(name, ['x/1.png', 'x/labels.csv']))).toBe('image-manifest');
  });

  it('of a CSV is FER-2013', async () => {
    expect(await detectFileFormat('fer2013.csv')).toBe('fer-csv');
    expect(await detectFileFormat('fer2013.csv.gz')).toBe('fer-csv');
  });

  it('that can not be told is asked for', () => expect(detectFileFormat('faces.rar')).rejects.toThrow('Give --format'));
});
