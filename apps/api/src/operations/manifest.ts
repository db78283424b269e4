import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** Operations by their SHA-256, in 64 hexadecimal digits. */
export type Manifest = ReadonlyMap<string, string>;

/** What the web app's build writes. */
const OF_THE_PAGE = path.resolve(import.meta.dirname, '../../../web/src/generated/persisted-documents.json');
const file = z.record(z.string(), z.string());

/**
 * Reads manifests as GraphQL Code Generator writes them: `{ "sha256:<digest>": "<operation>" }`.
 * @param paths the page's own unless given, if it is there
 * @throws Error when one can't be read, or an operation is not what its digest says
 */
export function readManifests(paths: readonly string[] = existsSync(OF_THE_PAGE) ? [OF_THE_PAGE] : []): Manifest {
  const operations = new Map<string, string>();
  for (const place of paths) {
    const parsed = file.safeParse(JSON.parse(readFileSync(place, 'utf8')));
    if (!parsed.success) throw new Error(`${place} is no manifest of operations: ${z.prettifyError(parsed.error)}`);
    for (const [name, text] of Object.entries(parsed.data)) {
      const digest = digestOf(text);
      if (bareDigest(name) !== digest) throw new Error(`${place}: the operation ${name} has the SHA-256 ${digest}.`);
      operations.set(digest, text);
    }
  }
  return operations;
}

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Ids of documents say how they were made. */
export const bareDigest = (id: string): string => id.replace(/^sha256:/, '');
