import { InvalidInput } from '@samplewise/domain';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchWeights } from '../src/weights/cache.ts';
import { download } from '../src/weights/download.ts';

const WEIGHTS = randomBytes(300_000);
const OTHERS = randomBytes(300_000);
const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let folder: string;
let server: Server;
let url: string;
/** Range headers, in the order of the requests. */
let asked: (string | undefined)[];
let answer: (request: IncomingMessage, response: ServerResponse, n: number) => void;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-weights-'));
  asked = [];
  answer = (request, response) => serve(request, response, WEIGHTS);
  server = createServer((request, response) => {
    answer(request, response, asked.push(request.headers.range) - 1);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.onnx`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

interface Cut {
  /** Bytes after which the connection ends … */
  after: number;
  /** … once they are here: what a client has received and not read is lost with its connection. */
  into: string;
}

/** As file servers do: ranges where the ETag is still the same. */
function serve(request: IncomingMessage, response: ServerResponse, bytes: Buffer, cut?: Cut): void {
  const etag = `"${digestOf(bytes).slice(0, 16)}"`;
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const partial = start > 0 && request.headers['if-range'] === etag;
  if (partial && start >= bytes.length) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    return;
  }
  const body = partial ? bytes.subarray(start) : bytes;
  response.writeHead(partial ? 206 : 200, {
    etag,
    'content-length': body.length,
    ...(partial ? { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {}),
  });
  if (cut === undefined) response.end(body);
  else {
    response.write(body.subarray(0, cut.after));
    void whenLong(cut.into, (partial ? start : 0) + Math.min(cut.after, body.length)).then(() => response.destroy());
  }
}

async function whenLong(file: string, bytes: number): Promise<void> {
  while (((await stat(file).catch(() => undefined))?.size ?? 0) < bytes) await setTimeout(5);
}

const fetchNow = (sha256: string | null = null) =>
  fetchWeights(folder, { url, sha256 }, { retries: 2, stallSeconds: 0.3 });

async function problemOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (error instanceof InvalidInput) return error.problems[0];
  throw new Error('the work did not fail as it should', { cause: error });
}

describe('a download', () => {
  it('goes on where the connection was cut, as often as it takes, and shows how far it is', async () => {
    const file = path.join(folder, 'model');
    const cut = { after: 60_000, into: file };
    answer = (request, response, n) => serve(request, response, WEIGHTS, n < 4 ? cut : undefined);
    const seen: number[] = [];
    await download(url, file, { retries: 3, onProgress: (done, total) => seen.push(done, total!) });
    expect(await readFile(file)).toEqual(WEIGHTS);
    const starts = asked.map((range) => Number(/^bytes=(\d+)-$/.exec(range ?? 'bytes=0-')![1]));
    expect(starts).toEqual([0, 60_000, 120_000, 180_000, 240_000]);
    expect(Math.max(...seen)).toBe(WEIGHTS.length);
    expect(await readdir(folder)).toEqual(['model']);
  });

  it('goes on where a process has died, also when everything is there', async () => {
    const file = path.join(folder, 'model');
    answer = (request, response) => serve(request, response, WEIGHTS, { after: 100_000, into: file });
    await expect(download(url, file, { retries: -1 })).rejects.toThrow('broke off');
    answer = (request, response) => serve(request, response, WEIGHTS);
    const note = await readFile(`${file}.json`);
    await download(url, file);
    expect(asked).toEqual([undefined, 'bytes=100000-']);
    await writeFile(`${file}.json`, note); // It has died before it took this away.
    await download(url, file);
    expect(await readFile(file)).toEqual(WEIGHTS);
  });

  it('begins anew when the file has changed midway', async () => {
    const file = path.join(folder, 'model');
    const cut = { after: 60_000, into: file };
    answer = (request, response, n) => serve(request, response, n === 0 ? WEIGHTS : OTHERS, n === 0 ? cut : undefined);
    await download(url, file);
    expect(await readFile(file)).toEqual(OTHERS);
  });

  it('begins anew where the server knows no ranges', async () => {
    const file = path.join(folder, 'model');
    answer = (_, response, n) => {
      response.writeHead(200, { 'content-length': WEIGHTS.length });
      if (n > 0) response.end(WEIGHTS);
      else {
        response.write(WEIGHTS.subarray(0, 50_000));
        void whenLong(file, 50_000).then(() => response.destroy());
      }
    };
    await download(url, file);
    expect(await readFile(file)).toEqual(WEIGHTS);
    expect(asked).toEqual([undefined, undefined]);
  });

  it('bears with a server that is busy or falls silent, but not for ever', async () => {
    answer = (request, response, n) => {
      if (n === 0) response.writeHead(503).end();
      else if (n === 1) response.writeHead(200, { 'content-length': 10 }).write('a');
      else serve(request, response, WEIGHTS);
    };
    expect((await fetchNow()).digest).toBe(digestOf(WEIGHTS));
    answer = (_, response) => response.writeHead(503).end();
    await expect(download(`${url}2`, path.join(folder, 'other'), { retries: 1 })).rejects.toThrow('answers 503');
  });

  it('of what is not there, or would fill the disk, is refused', async () => {
    answer = (_, response) => response.writeHead(404).end();
    expect(await problemOf(fetchNow())).toMatchObject({ code: 'NOT_FOUND', place: 'download' });
    answer = (_, response) => response.writeHead(200, { 'content-length': 10 ** 15 }).write('a');
    expect(await problemOf(fetchNow())).toMatchObject({ code: 'TOO_LARGE' });
  });
});

describe('fetched weights', () => {
  it('are held against the digest that is published, and nothing is kept of others', async () => {
    expect(await fetchNow(digestOf(WEIGHTS))).toMatchObject({ digest: digestOf(WEIGHTS), trust: 'published' });
    await rm(path.join(folder, digestOf(WEIGHTS)));
    answer = (request, response) => serve(request, response, OTHERS);
    const found = await problemOf(fetchNow(digestOf(WEIGHTS)));
    expect(found).toMatchObject({ code: 'CONFLICT', place: 'download' });
    expect(found.message).toContain('published');
    expect(await readdir(folder)).toEqual(['partial']);
    expect((await readdir(path.join(folder, 'partial'))).filter((name) => !name.endsWith('.json'))).toEqual([]);
  });

  it('are fetched once, and again when the disk has forgotten some of it', async () => {
    const { file } = await fetchNow(digestOf(WEIGHTS));
    await fetchNow(digestOf(WEIGHTS));
    expect(asked).toHaveLength(1);
    await writeFile(file, WEIGHTS.subarray(0, 1000));
    expect((await fetchNow(digestOf(WEIGHTS))).digest).toBe(digestOf(WEIGHTS));
    expect(await readFile(file)).toEqual(WEIGHTS);
    expect(asked).toHaveLength(2);
  });

  it('whose digest nobody publishes are pinned at the first download, and later ones held against it', async () => {
    expect((await fetchNow()).trust).toBe('first');
    expect(JSON.parse(await readFile(path.join(folder, 'presets.lock.json'), 'utf8'))).toMatchObject({
      [url]: { sha256: digestOf(WEIGHTS) },
    });
    expect((await fetchNow()).trust).toBe('pinned');
    await rm(path.join(folder, digestOf(WEIGHTS)));
    answer = (request, response) => serve(request, response, OTHERS);
    expect((await problemOf(fetchNow())).message).toContain('first download');
    expect(existsSync(path.join(folder, digestOf(OTHERS)))).toBe(false);
  });

  it('are not believed in where the record of digests is broken', async () => {
    await writeFile(path.join(folder, 'presets.lock.json'), '{');
    expect(await problemOf(fetchNow())).toMatchObject({ code: 'INVALID_VALUE' });
    expect(asked).toEqual([]);
  });
});
