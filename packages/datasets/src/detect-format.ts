import type { DatasetFormat } from '@samplewise/domain';

export type Container = 'gzip' | 'zip' | 'tar' | 'unknown';

const TAR_MAGIC_OFFSET = 257;

/** What the first 512 bytes of a file say that it is. */
export function detectContainer(head: Uint8Array): Container {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip';
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return 'zip';
  if (bytes.subarray(TAR_MAGIC_OFFSET, TAR_MAGIC_OFFSET + 5).toString('latin1') === 'ustar') return 'tar';
  return 'unknown';
}

/**
 * The format to import a file with, by its name: CSV files are FER's. Whether an archive is a folder of classes or
 * comes with a manifest is known only from its list of files.
 * @param paths files of the archive, when they are known
 */
export function detectFormat(fileName: string, paths: readonly string[] = []): DatasetFormat | undefined {
  if (/\.csv(\.gz)?$/i.test(fileName)) return 'fer-csv';
  if (!/\.(zip|tar|tgz|tar\.gz)$/i.test(fileName)) return undefined;
  return paths.some((path) => /\.csv$/i.test(path)) ? 'image-manifest' : 'image-folder';
}
