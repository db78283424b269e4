import { cp } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { readDemo, seededDemo } from './demo.ts';
import { createDatabase, startStack, type Stack } from './stack.ts';

/** Whoever holds it makes the demo; any number that nothing else locks. */
const LOCK = 20_011;
const TEMPLATE = 'template_demo';

/**
 * A stack whose demo is seeded and run to its end. The first of a server makes it, which takes most of a minute; the
 * others copy its database and its blobs.
 */
export async function startDemoStack(environment: Record<string, string> = {}) {
  const folder = path.join(inject('postgresFolder'), 'demo-blobs');
  await makeOnce(folder);
  const stack = await startStack(environment, await createDatabase(TEMPLATE));
  await cp(folder, stack.storage, { recursive: true });
  return { stack, demo: await readDemo(stack.client) };
}

async function makeOnce(folder: string): Promise<void> {
  const admin = new pg.Client({ connectionString: inject('postgresUrl') });
  await admin.connect();
  try {
    await admin.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [TEMPLATE]);
    if (rowCount === 0) await make(admin, folder);
  } finally {
    await admin.end();
  }
}

async function make(admin: pg.Client, folder: string): Promise<void> {
  const stack = await startStack();
  try {
    await runDemo(stack);
    await cp(stack.storage, folder, { recursive: true });
  } finally {
    await stack.stop();
  }
  const name = new URL(stack.databaseUrl).pathname.slice(1);
  await admin.query(`ALTER DATABASE ${name} RENAME TO ${TEMPLATE}`);
}

async function runDemo(stack: Stack): Promise<void> {
  await stack.startExecutor();
  const demo = await seededDemo(stack.client);
  for (const run of demo.experiments.flatMap((e) => e.runs)) await stack.client.waitForRun(run.id);
}
