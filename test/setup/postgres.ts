import { startEmbeddedPostgres, migrate } from '@samplewise/database';
import { mkdtemp, rm, chmod } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server whose database `template` has every migration. */
    postgresUrl: string;
    /** Of this run of the tests, gone with its server. */
    postgresFolder: string;
  }
}

export const TEMPLATE = 'template_migrated';

/** One real Postgres for all integration tests; each test file makes its own database from the template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-test-'));
  await chmod(folder, 0o755); // As root, Postgres runs as another user, who must get in.
  const server = await startEmbeddedPostgres(folder, { settings: { fsync: 'off', full_page_writes: 'off' } });
  const template = new URL(server.url);
  template.pathname = `/${TEMPLATE}`;
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${TEMPLATE}`);
  await admin.end();
  await migrate(template.href);
  project.provide('postgresUrl', server.url);
  project.provide('postgresFolder', folder);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
