import { writeFile } from 'node:fs/promises';
import { lexicographicSortSchema, printSchema } from 'graphql';
import path from 'node:path';
import { schema } from './schema/index.ts';

/** Writes apps/api/schema.graphql, which is committed; a test fails when it is not what the code says. */
await writeFile(
  path.join(import.meta.dirname, '../schema.graphql'),
  `${printSchema(lexicographicSortSchema(schema))}\n`,
);
