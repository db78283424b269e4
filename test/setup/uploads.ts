import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Stack } from './stack.ts';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Bytes that repeat nowhere, the same for the same seed. */
export function noise(bytes: number, seed = 1): Buffer {
  const buffer = Buffer.alloc(bytes);
  let state = seed;
  for (let i = 0; i + 4 <= bytes; i += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    buffer.writeUInt32LE(state, i);
  }
  return buffer;
}

/** Uploads at once. */
export async function upload(stack: Pick<Stack, 'apiUrl'>, bytes: Uint8Array | string): Promise<string> {
  const response = await fetch(`${stack.apiUrl}/uploads`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: typeof bytes === 'string' ? bytes : new Uint8Array(bytes),
  });
  return ((await response.json()) as { digest: string }).digest;
}

export const blobFile = ({ storage }: Pick<Stack, 'storage'>, digest: string): string =>
  path.join(storage, digest.slice(0, 2), digest.slice(2, 4), digest);

export const isStored = (stack: Pick<Stack, 'storage'>, digest: string): Promise<boolean> =>
  stat(blobFile(stack, digest)).then(
    () => true,
    () => false,
  );
