import { InvalidInput, problem, type Digest } from '@samplewise/domain';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { digestOfFile, download, type DownloadOptions } from './download.ts';

const locked = z.record(z.string(), z.object({ sha256: z.string(), at: z.string() }));
type Lock = z.infer<typeof locked>;

/** A file that was fetched, and why its bytes are believed in. */
export interface Fetched {
  file: string;
  digest: Digest;
  /**
   * `published`: the digest is the one that is published. `pinned`: it is the one of the first download from here, which
   * may have been just now: `first`.
   */
  trust: 'published' | 'pinned' | 'first';
}

/**
 * Downloaded weights in the user's cache folder, by digest. Of files whose digest nobody publishes the first download's
 * is written into `presets.lock.json` there; a later one with other bytes is refused.
 * @param folder made if it is not there
 */
export async function fetchWeights(
  folder: string,
  { url, sha256 }: { url: string; sha256: Digest | null },
  options: DownloadOptions = {},
): Promise<Fetched> {
  await mkdir(path.join(folder, 'partial'), { recursive: true });
  const pin = (await readLock(folder))[url]?.sha256;
  const wanted = sha256 ?? pin;
  const trust = sha256 !== null ? 'published' : pin === undefined ? 'first' : 'pinned';
  if (wanted !== undefined) {
    const cached = path.join(folder, wanted);
    // A disk may forget too.
    if (await isFile(cached)) {
      if ((await digestOfFile(cached)) === wanted) return { file: cached, digest: wanted, trust };
      await rm(cached);
    }
  }
  const partial = path.join(folder, 'partial', createHash('sha256').update(url).digest('hex'));
  await download(url, partial, options);
  const digest = await digestOfFile(partial);
  if (wanted !== undefined && digest !== wanted) {
    await rm(partial);
    throw otherBytes(url, digest, wanted, trust);
  }
  const file = path.join(folder, digest);
  await rename(partial, file);
  if (trust === 'first') await pinTo(folder, url, digest);
  return { file, digest, trust };
}

const lockOf = (folder: string): string => path.join(folder, 'presets.lock.json');

async function readLock(folder: string): Promise<Lock> {
  const text = await readFile(lockOf(folder), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '{}';
    throw error;
  });
  try {
    return locked.parse(JSON.parse(text));
  } catch {
    // To go on without it would be to believe in whatever comes.
    throw new InvalidInput(
      problem('INVALID_VALUE', 'The record of downloaded digests can not be read.', {
        place: lockOf(folder),
        mend: 'Mend it; or delete it, and the next downloads are believed in as first ones.',
      }),
    );
  }
}

async function pinTo(folder: string, url: string, sha256: Digest): Promise<void> {
  const lock = { ...(await readLock(folder)), [url]: { sha256, at: new Date().toISOString() } };
  const written = `${lockOf(folder)}.${process.pid}`;
  await writeFile(written, `${JSON.stringify(lock, null, 2)}\n`);
  await rename(written, lockOf(folder));
}

const isFile = async (file: string): Promise<boolean> => (await stat(file).catch(() => undefined))?.isFile() === true;

function otherBytes(url: string, digest: Digest, wanted: Digest, trust: Fetched['trust']): InvalidInput {
  const message =
    trust === 'published'
      ? `What was downloaded has the SHA-256 ${digest}, not the published ${wanted}.`
      : `What was downloaded has the SHA-256 ${digest}, not ${wanted} as the first download from here.`;
  return new InvalidInput(
    problem('CONFLICT', message, {
      place: 'download',
      value: url,
      mend: 'Nothing of it was kept. If you trust the new file, get it yourself and name it with --file.',
    }),
  );
}
