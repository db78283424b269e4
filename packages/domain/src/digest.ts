import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** A SHA-256 as 64 lower-case hexadecimal digits: the name of a blob, a config, a dataset version. */
export type Digest = string;

export function digestOfBytes(bytes: Uint8Array): Digest {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Digest of a JSON value in its canonical form (RFC 8785), so that the order of keys does not matter. */
export function digestOfJson(value: unknown): Digest {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('undefined has no JSON form');
  return createHash('sha256').update(text).digest('hex');
}
