import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream';
import { extract } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packFolder } from '../src/pack-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-pack-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, bytes: string | Buffer): Promise<void> {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await writeFile(path.join(folder, name), bytes);
}

async function unpack(tar: Buffer): Promise<[name: string, bytes: string][]> {
  const parser = extract();
  pipeline(Readable.from([tar]), parser, () => undefined);
  const files: [string, string][] = [];
  for await (const entry of parser)
    files.push([entry.header.name, (await buffer(entry as AsyncIterable<Buffer>)).toString()]);
  return files;
}

describe('a folder', () => {
  it('becomes a tar of its files, without what is hidden', async () => {
    await write('sad/1.png', 'one');
    await write('happy/2.png', 'x'.repeat(200_000));
    await write('happy/.DS_Store', 'litter');
    await write('.git/config', 'litter');
    await symlink(path.join(folder, 'sad/1.png'), path.join(folder, 'happy/link.png'));
    const packed = await packFolder(folder);
    const tar = await buffer(packed.stream);
    expect(await unpack(tar)).toEqual([
      ['happy/2.png', 'x'.repeat(200_000)],
      ['happy/link.png', 'one'],
      ['sad/1.png', 'one'],
    ]);
    expect(packed.paths).toEqual(['happy/2.png', 'happy/link.png', 'sad/1.png']);
    expect(tar.length).toBe(packed.bytes);
  });

  it('becomes the same bytes every time', async () => {
    await write('a/1.png', 'one');
    const first = await buffer((await packFolder(folder)).stream);
    await write('a/1.png', 'one');
    expect(await buffer((await packFolder(folder)).stream)).toEqual(first);
  });

  it('that is empty is refused', () => expect(packFolder(folder)).rejects.toThrow('There are no files.'));

  it('with a link to a folder is refused by name', async () => {
    await write('a/1.png', 'one');
    await symlink(path.join(folder, 'a'), path.join(folder, 'b'));
    await expect(packFolder(folder)).rejects.toThrow(`${path.join(folder, 'b')}: This is a link to a folder`);
  });

  it('whose file goes away meanwhile ends the stream with an error', async () => {
    await write('a/1.png', 'one');
    await write('a/2.png', 'two');
    const { stream } = await packFolder(folder);
    await rm(path.join(folder, 'a/2.png'));
    await expect(buffer(stream)).rejects.toThrow('ENOENT');
  });
});
