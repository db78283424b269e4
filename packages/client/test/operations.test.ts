import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import * as artifacts from '../src/artifacts.ts';
import * as configs from '../src/configs.ts';
import * as datasets from '../src/datasets.ts';
import * as experiments from '../src/experiments.ts';
import * as logging from '../src/logging.ts';
import * as projects from '../src/projects.ts';
import * as published from '../src/published.ts';
import * as runs from '../src/runs.ts';
import * as search from '../src/search.ts';
import * as studies from '../src/study/start.ts';
import * as submissions from '../src/submissions.ts';
import * as systemMetrics from '../src/system-metrics.ts';
import * as training from '../src/training.ts';

const SCHEMA = path.resolve(import.meta.dirname, '../../../apps/api/schema.graphql');
const operations = Object.entries({
  ...artifacts,
  ...logging,
  ...systemMetrics,
  ...configs,
  ...datasets,
  ...experiments,
  ...projects,
  ...published,
  ...runs,
  ...search,
  ...studies,
  ...training,
  ...submissions,
}).flatMap(([name, value]) => (typeof value === 'object' && 'text' in value ? [[name, value.text] as const] : []));

describe("the client's operations", () => {
  it.each(operations)('%s fits the schema of the API', async (_name, text) => {
    const schema = buildSchema(await readFile(SCHEMA, 'utf8'));
    expect(validate(schema, parse(text))).toEqual([]);
  });

  it('are all found by this test', () => expect(operations.length).toBeGreaterThanOrEqual(19));
});
