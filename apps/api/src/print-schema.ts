import { readFile, writeFile } from 'node:fs/promises';
import { lexicographicSortSchema, printSchema } from 'graphql';
import path from 'node:path';
import { schema } from './schema/index.ts';

/** Writes apps/api/schema.graphql, which is committed. With `--check` it only fails when that is not what the code says. */
const file = path.join(import.meta.dirname, '../schema.graphql');
const printed = `${printSchema(lexicographicSortSchema(schema))}\n`;

if (!process.argv.includes('--check')) await writeFile(file, printed);
else if ((await readFile(file, 'utf8')) !== printed) {
  console.error('apps/api/schema.graphql is not what the code says. To write it: npm run schema -w apps/api');
  process.exitCode = 1;
}
