import { readdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import * as tus from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStack, until, type Stack } from '../setup/stack.ts';
import { isStored, noise, sha256 } from '../setup/uploads.ts';

const LIMIT = 20 * 1024 * 1024;
let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ SAMPLEWISE_UPLOAD_BYTES: String(LIMIT) });
});
afterAll(() => stack.stop());

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Requests as tus has them. */
async function send(method: string, url: string, headers: Record<string, string> = {}, body?: Uint8Array) {
  const response = await fetch(url.startsWith('/') ? `${stack.apiUrl}${url}` : url, {
    method,
    headers: { 'tus-resumable': '1.0.0', ...headers },
    ...(body && { body: new Uint8Array(body) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const announce = (bytes: number, metadata: Record<string, string>) =>
  send('POST', '/uploads/resumable', {
    'upload-length': String(bytes),
    'upload-metadata': Object.entries(metadata)
      .map(([key, value]) => `${key} ${base64(value)}`)
      .join(','),
  });

const append = (url: string, offset: number, bytes: Uint8Array) =>
  send('PATCH', url, { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, bytes);

async function partsLeft(): Promise<string[]> {
  return readdir(path.join(stack.storage, 'partial'));
}

describe('an upload in parts', () => {
  test('comes whole over several requests, and is a blob then', async () => {
    const bytes = noise(100_000);
    const { status, headers } = await announce(bytes.length, { sha256: sha256(bytes), filename: 'a.bin' });
    expect(status).toBe(201);
    const url = headers.get('location')!;
    expect(url).toMatch(/^\/uploads\/resumable\/[0-9a-f]{32}$/);
    expect(headers.get('upload-expires')).not.toBeNull();
    expect((await append(url, 0, bytes.subarray(0, 60_000))).headers.get('upload-offset')).toBe('60000');
    expect((await append(url, 0, bytes)).status).toBe(409);
    const head = await send('HEAD', url);
    expect([head.headers.get('upload-offset'), head.headers.get('upload-length')]).toEqual(['60000', '100000']);
    expect((await append(url, 60_000, bytes.subarray(60_000))).status).toBe(204);
    // Whoever has lost the last answer finds that all is there.
    expect((await send('HEAD', url)).headers.get('upload-offset')).toBe('100000');
    const blob = await fetch(`${stack.apiUrl}/blobs/${sha256(bytes)}`);
    expect(sha256(new Uint8Array(await blob.arrayBuffer()))).toBe(sha256(bytes));
    expect(await partsLeft()).toEqual([]);
  });

  test('goes on where it was, at another process, when the server is killed in the middle', async () => {
    const doomed = await startStack({ DATABASE_URL: stack.databaseUrl, SAMPLEWISE_STORAGE: stack.storage });
    const bytes = noise(12 * 1024 * 1024, 7);
    const metadata = { sha256: sha256(bytes) };
    const chunkSize = 512 * 1024;
    const location = await new Promise<string>((resolve, reject) => {
      const first = new tus.Upload(bytes, {
        endpoint: `${doomed.apiUrl}/uploads/resumable`,
        metadata,
        chunkSize,
        retryDelays: null,
        onChunkComplete: (_size, accepted) => {
          if (accepted >= 4 * 1024 * 1024) process.kill(doomed.apiPid, 'SIGKILL');
        },
        onError: () => resolve(new URL(first.url!).pathname),
        onSuccess: () => reject(new Error('it was not interrupted')),
      });
      first.start();
    });
    let sent = 0;
    await new Promise<void>((resolve, reject) => {
      const second = new tus.Upload(bytes, {
        endpoint: `${stack.apiUrl}/uploads/resumable`,
        uploadUrl: `${stack.apiUrl}${location}`,
        metadata,
        chunkSize,
        retryDelays: null,
        onChunkComplete: (size) => (sent += size),
        onError: reject,
        onSuccess: () => resolve(),
      });
      second.start();
    });
    expect(sent).toBeLessThanOrEqual(8 * 1024 * 1024);
    expect(sent).toBeGreaterThan(0);
    expect(await isStored(stack, sha256(bytes))).toBe(true);
    await doomed.stop();
  });

  test('whose bytes are others than declared is refused, and nothing of it is kept', async () => {
    const bytes = noise(1000, 3);
    const { headers } = await announce(bytes.length, { sha256: sha256(noise(1000, 4)) });
    const url = headers.get('location')!;
    const { status, text } = await append(url, 0, bytes);
    expect(status).toBe(460);
    expect(JSON.parse(text)).toMatchObject({ problems: [{ code: 'INVALID_VALUE', place: 'digest' }] });
    expect((await send('HEAD', url)).status).toBe(404);
    expect(await partsLeft()).toEqual([]);
    expect(await isStored(stack, sha256(bytes))).toBe(false);
    expect((await stack.pool.query('SELECT 1 FROM blob WHERE digest = $1', [sha256(bytes)])).rowCount).toBe(0);
  });

  test('may be of nothing, and may be ended', async () => {
    const empty = sha256(new Uint8Array());
    expect((await announce(0, { sha256: empty })).status).toBe(201);
    expect(await isStored(stack, empty)).toBe(true);
    const { headers } = await announce(10, { sha256: empty });
    expect((await send('DELETE', headers.get('location')!)).status).toBe(204);
    expect((await send('HEAD', headers.get('location')!)).status).toBe(404);
    expect(await partsLeft()).toEqual([]);
  });

  test.each<[string, () => ReturnType<typeof send>, number]>([
    ['without a digest', () => announce(10, {}), 400],
    ['with half a digest', () => announce(10, { sha256: 'abc' }), 400],
    ['that is too large', () => announce(LIMIT + 1, { sha256: 'a'.repeat(64) }), 413],
    ['of another version of tus', () => send('POST', '/uploads/resumable', { 'tus-resumable': '0.1.0' }), 400],
    ['that nobody has announced', () => append(`/uploads/resumable/${'a'.repeat(32)}`, 0, noise(8)), 404],
    ['with an id that leads elsewhere', () => append('/uploads/resumable/..%2F..%2Fx', 0, noise(8)), 404],
  ])('%s is refused', async (_name, request, status) => {
    expect((await request()).status).toBe(status);
    expect(await partsLeft()).toEqual([]);
  });

  test('with more bytes than announced is refused', async () => {
    const { headers } = await announce(10, { sha256: 'a'.repeat(64) });
    const url = headers.get('location')!;
    expect((await append(url, 0, noise(20))).status).toBe(413);
    await send('DELETE', url);
  });

  test('is refused with 507 when the disk is full', async () => {
    const { headers } = await announce(4096, { sha256: sha256(noise(4096)) });
    const url = headers.get('location')!;
    // A device on which no byte finds room.
    const part = path.join(stack.storage, 'partial', `upload-${path.basename(url)}`);
    await rm(part);
    await symlink('/dev/full', part);
    const { status, text } = await append(url, 0, noise(4096));
    expect(status).toBe(507);
    expect(text).toContain('The storage is full.');
    expect(await isStored(stack, sha256(noise(4096)))).toBe(false);
    await send('DELETE', url);
  });

  test('is forgotten when it has not ended within a day', async () => {
    const { headers } = await announce(4096, { sha256: sha256(noise(4096)) });
    const url = headers.get('location')!;
    await append(url, 0, noise(1024));
    await stack.pool.query(`UPDATE resumable_upload SET created_at = now() - interval '25 hours'`);
    expect((await append(url, 1024, noise(1024))).status).toBe(410);
    await stack.startExecutor();
    await until(async () => ((await partsLeft()).length === 0 ? true : undefined), 10, 'the removal of the parts');
    expect((await send('HEAD', url)).status).toBe(404);
  });
});

describe('an upload at once', () => {
  test('that is too large is refused, and nothing of it is kept', async () => {
    const response = await fetch(`${stack.apiUrl}/uploads`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(LIMIT + 1),
    });
    expect(response.status).toBe(413);
    expect(await partsLeft()).toEqual([]);
  });
});
