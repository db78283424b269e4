import { buildSchema, findBreakingChanges } from 'graphql';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/**
 * Fails when the API breaks a promise of the last release that schema.breaking.json does not announce, or when that
 * announces what is not so. With `--release` the schema as it is becomes the last release's.
 */
const folder = path.join(import.meta.dirname, '../..');
const current = path.join(folder, 'schema.graphql');
const released = path.join(folder, 'schema.released.graphql');
const announcements = path.join(folder, 'schema.breaking.json');

const announced = z.array(z.object({ change: z.string(), why: z.string().min(1) }));

async function check(): Promise<string[]> {
  const [before, after] = await Promise.all(
    [released, current].map(async (file) => buildSchema(await readFile(file, 'utf8'))),
  );
  const changes = findBreakingChanges(before!, after!).map(({ description }) => description);
  const known = announced.parse(JSON.parse(await readFile(announcements, 'utf8'))).map(({ change }) => change);
  return [
    ...changes.filter((change) => !known.includes(change)).map((change) => `not announced: ${change}`),
    ...known.filter((change) => !changes.includes(change)).map((change) => `announced, but not so: ${change}`),
  ];
}

if (process.argv.includes('--release')) {
  await copyFile(current, released);
  await writeFile(announcements, '[]\n');
} else {
  const wrong = await check();
  if (wrong.length > 0) {
    console.error(['Since the last release the API has changed:', ...wrong].join('\n'));
    console.error('Mend it, or say so in apps/api/schema.breaking.json: [{ "change": "…", "why": "…" }]');
    process.exitCode = 1;
  }
}
