import { InvalidInput, problem } from '@samplewise/domain';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

export interface DownloadOptions {
  /** Bytes there, and of the whole where the server tells. */
  onProgress?: (done: number, total: number | undefined) => void;
  /** Tries after one that brought nothing new. */
  retries?: number;
  /** A server that sends nothing for so long is asked anew. */
  stallSeconds?: number;
}

const RETRIES = 5;
const STALL_SECONDS = 60;
/** Larger than any model of the study; a server may not fill the disk. */
const MOST_BYTES = 32 * 1024 ** 3;

/** The connection broke off, or the server has a passing trouble: what is there is kept, and another try goes on. */
class Interrupted extends Error {}

/** Beside a partial file: what it is a part of. */
const note = z.object({ url: z.string(), etag: z.string().nullable() });

/**
 * Downloads to `file`, going on where an earlier try has ended, also one of a process that died. When the server's file
 * has changed meanwhile (its ETag), it begins anew.
 * @throws InvalidInput when the server has no such file, or Error when it can't be reached again and again
 */
export async function download(url: string, file: string, options: DownloadOptions = {}): Promise<void> {
  const retries = options.retries ?? RETRIES;
  for (let failures = 0; ;) {
    const before = await sizeOf(file);
    try {
      await downloadOnce(url, file, options);
      await rm(noteOf(file), { force: true });
      return;
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      // Whoever gets on may be interrupted as often as it takes.
      failures = (await sizeOf(file)) > before ? 0 : failures + 1;
      if (failures > retries) throw new Error(`${url} can not be downloaded: ${error.message}.`, { cause: error });
      await sleep(Math.min(10_000, 250 * 2 ** failures));
    }
  }
}

async function downloadOnce(url: string, file: string, { onProgress, stallSeconds }: DownloadOptions): Promise<void> {
  const there = await sizeOf(file);
  const known = there > 0 ? await readNote(file, url) : undefined;
  const resumes = known?.etag != null;
  const stall = new AbortController();
  const response = await ask(url, stall.signal, resumes ? { range: `bytes=${there}-`, 'if-range': known.etag! } : {});
  if (response.status === 416 && resumes) {
    // Everything is there already, or it is not what the server has: the digest tells.
    if (Number(/\*\/(\d+)/.exec(response.headers.get('content-range') ?? '')?.[1]) === there) return;
    await rm(file);
    throw new Interrupted('the server has another file');
  }
  const start = response.status === 206 ? startOf(response) : 0;
  if (start !== 0 && start !== there) throw new Interrupted('the server sends another part than was asked for');
  const length = Number(response.headers.get('content-length') ?? NaN);
  const total = Number.isNaN(length) ? undefined : start + length;
  if ((total ?? 0) > MOST_BYTES) throw tooLarge(url);
  const etag = response.headers.get('etag');
  // A weak one does not promise equal bytes.
  await writeFile(noteOf(file), JSON.stringify({ url, etag: etag?.startsWith('W/') === false ? etag : null }));

  let done = start;
  const idle = setTimeout(() => stall.abort(), (stallSeconds ?? STALL_SECONDS) * 1000);
  const handle = await open(file, start > 0 ? 'a' : 'w');
  try {
    for await (const chunk of bodyOf(response)) {
      idle.refresh();
      done += chunk.length;
      if (done > MOST_BYTES) throw tooLarge(url);
      // Each part is there before the next is waited for. (What has come and was not read goes with its connection.)
      await handle.appendFile(chunk);
      onProgress?.(done, total);
    }
  } finally {
    clearTimeout(idle);
    await handle.close();
  }
  if (total !== undefined && done !== total) throw new Interrupted('the connection broke off');
}

async function* bodyOf(response: Response): AsyncGenerator<Uint8Array, undefined> {
  const reader = response.body!.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        const silent = error instanceof Error && error.name === 'AbortError';
        throw new Interrupted(silent ? 'the server sends nothing' : 'the connection broke off');
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined); // Of a connection that is broken already.
  }
}

async function ask(url: string, signal: AbortSignal, headers: Record<string, string>): Promise<Response> {
  let response: Response;
  try {
    // Compressed, its parts would not be those of the file.
    response = await fetch(url, { signal, headers: { ...headers, 'accept-encoding': 'identity' } });
  } catch (error) {
    const { cause } = error as Error;
    throw new Interrupted(cause instanceof Error && cause.message !== '' ? cause.message : (error as Error).message);
  }
  if (response.ok || response.status === 416) return response;
  await response.body?.cancel();
  if (response.status === 429 || response.status >= 500) throw new Interrupted(`the server answers ${response.status}`);
  throw new InvalidInput(
    problem('NOT_FOUND', `The server answers ${response.status}.`, {
      place: 'download',
      value: url,
      mend: 'Get the file elsewhere, and name it with --file.',
    }),
  );
}

const startOf = (response: Response): number =>
  Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1] ?? NaN);

const noteOf = (file: string): string => `${file}.json`;

async function readNote(file: string, url: string): Promise<z.infer<typeof note> | undefined> {
  const text = await readFile(noteOf(file), 'utf8').catch(() => '');
  try {
    const parsed = note.parse(JSON.parse(text));
    return parsed.url === url ? parsed : undefined;
  } catch {
    return undefined; // Not whole: the download begins anew.
  }
}

const sizeOf = async (file: string): Promise<number> => (await stat(file).catch(() => undefined))?.size ?? 0;

const tooLarge = (url: string): InvalidInput =>
  new InvalidInput(problem('TOO_LARGE', 'The file is larger than any model.', { place: 'download', value: url }));

/** SHA-256 of a file. */
export async function digestOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
