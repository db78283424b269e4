import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack, type Header } from 'tar-stream';
import { ZipFile } from 'yazl';

export type Files = readonly (readonly [path: string, bytes: Buffer | string])[];

export async function tar(files: Files, special: readonly Partial<Header>[] = []): Promise<Buffer> {
  const archive = pack();
  for (const [name, bytes] of files) archive.entry({ name }, bytes);
  for (const header of special) archive.entry({ name: 'special', ...header });
  archive.finalize();
  return buffer(archive as AsyncIterable<Buffer>);
}

export async function tarGz(files: Files): Promise<Buffer> {
  return gzipSync(await tar(files));
}

export async function zip(files: Files, modes: Readonly<Record<string, number>> = {}): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [name, bytes] of files) {
    const mode = modes[name];
    archive.addBuffer(Buffer.from(bytes), name, mode === undefined ? {} : { mode });
  }
  archive.end();
  return buffer(archive.outputStream);
}

/** Renames an entry of a zip in its bytes: programs that make archives refuse hostile names. */
export function renameInZip(archive: Buffer, from: string, to: string): Buffer {
  if (from.length !== to.length) throw new RangeError('names must be equally long');
  return Buffer.from(archive.toString('latin1').replaceAll(from, to), 'latin1');
}
