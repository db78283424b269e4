import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack, type Pack } from 'tar-stream';
import { InvalidInput, problem } from '@samplewise/domain';

export interface PackedFolder {
  /** A tar of the folder's files; the same files give the same bytes. */
  stream: Readable;
  /** Paths in it. */
  paths: string[];
  /** Bytes of the tar, but for names beyond 100 characters. */
  bytes: number;
}

export interface FolderFile {
  name: string;
  path: string;
  size: number;
}

const BLOCK = 512;
const TRAILER = 2 * BLOCK;

/**
 * Packs a folder while it is being sent. Hidden files stay out; links to files are followed.
 * @throws InvalidInput when there are no files, or a link leads to a folder
 */
export async function packFolder(folder: string): Promise<PackedFolder> {
  const files = await listFiles(folder);
  if (files.length === 0) throw new InvalidInput(problem('EMPTY_SOURCE', 'There are no files.', { place: folder }));
  const archive = pack();
  void fill(archive, files).catch((error: unknown) => {
    archive.destroy(error as Error); // whoever reads the stream gets it
  });
  return {
    stream: Readable.from(archive as AsyncIterable<Buffer>, { objectMode: false }),
    paths: files.map(({ name }) => name),
    bytes: files.reduce((sum, { size }) => sum + BLOCK + Math.ceil(size / BLOCK) * BLOCK, TRAILER),
  };
}

async function fill(archive: Pack, files: readonly FolderFile[]): Promise<void> {
  for (const { name, path: file, size } of files) {
    const entry = archive.entry({ name, size, mtime: new Date(0), mode: 0o644 });
    await pipeline(createReadStream(file), entry as unknown as NodeJS.WritableStream);
  }
  archive.finalize();
}

/** Files of a folder, in the order of their names; hidden ones stay out, links to files are followed. */
export async function listFiles(folder: string, below = ''): Promise<FolderFile[]> {
  const files: FolderFile[] = [];
  const entries = await readdir(path.join(folder, below), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === '__MACOSX') continue;
    const name = path.posix.join(below, entry.name);
    const file = path.join(folder, name);
    if (entry.isDirectory()) files.push(...(await listFiles(folder, name)));
    else files.push({ name, path: file, size: await fileSize(file) });
  }
  return files;
}

async function fileSize(file: string): Promise<number> {
  const found = await stat(file);
  if (found.isFile()) return found.size;
  throw new InvalidInput(
    problem('UNSAFE_PATH', 'This is a link to a folder, or no file at all.', {
      place: file,
      value: await realpath(file),
      mend: 'Put the files themselves into the folder.',
    }),
  );
}
