import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import pg from 'pg';
import { installQueues } from './queue.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/**
 * Brings a database to the present schema: Prisma's migrations, then the queue's own tables.
 * Safe to call at every start and from several processes at once (Prisma holds an advisory lock).
 * @returns the names of the migrations that were applied now
 */
export async function migrate(url: string): Promise<string[]> {
  const pending = await pendingMigrations(url);
  // Prisma's command takes seconds to load, which a warm start should not pay.
  if (pending.length > 0) await deploy(url);
  await installQueues(url);
  return pending;
}

async function pendingMigrations(url: string): Promise<string[]> {
  const entries = await readdir(path.join(ROOT, 'prisma/migrations'), { withFileTypes: true });
  const known = entries.filter((e) => e.isDirectory()).map((e) => e.name);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ present: boolean }>(
      `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS present`,
    );
    if (rows[0]?.present !== true) return known.sort();
    const applied = await client.query<{ migration_name: string }>(
      'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    const done = new Set(applied.rows.map((r) => r.migration_name));
    return known.filter((name) => !done.has(name)).sort();
  } finally {
    await client.end();
  }
}

function deploy(url: string): Promise<void> {
  const cli = createRequire(import.meta.url).resolve('prisma/build/index.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, 'migrate', 'deploy'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: '/usr/bin:/bin',
        DATABASE_URL: url,
        PRISMA_SCHEMA_ENGINE_BINARY: path.join(ROOT, 'scripts/prisma-schema-engine.mjs'),
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The database could not be migrated:\n${output}`));
    });
  });
}
