import { migrate, startEmbeddedPostgres } from '@samplewise/database';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../start/config.ts';
import { CheckFailed, packageScript, runNode, runToEnd } from './command.ts';

const PRISMA = packageScript('prisma/build/index.js');
/** `migrate diff --exit-code` */
const DIFFERS = 2;

/**
 * Applies the migrations to an empty Postgres and has Prisma compare the result with the schema. It also has Prisma
 * read our records of what was applied, since migrate() writes them in its stead.
 * @throws CheckFailed with the SQL that a migration is missing
 */
export async function checkDrift(): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-drift-'));
  await chmod(folder, 0o755); // As root, Postgres runs as another user, who must get in.
  const postgres = await startEmbeddedPostgres(folder, { settings: { fsync: 'off' } });
  try {
    await migrate(postgres.url);
    const env = { ...prismaEnvironment(), DATABASE_URL: postgres.url };
    await runNode([PRISMA, 'migrate', 'status'], { env });
    const args = ['migrate', 'diff', '--from-config-datasource', '--to-schema', 'prisma/schema.prisma'];
    const { code, output } = await runToEnd(process.execPath, [PRISMA, ...args, '--script', '--exit-code'], { env });
    if (code === DIFFERS) {
      throw new CheckFailed(
        `prisma/schema.prisma says more than prisma/migrations. A migration is missing:\n${output}`,
      );
    }
    if (code !== 0) throw new CheckFailed(output);
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function prismaEnvironment(): Record<string, string> {
  return {
    PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH ?? ''}`,
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    // Windows can't execute a script by its first line; there Prisma fetches its own engine.
    ...(process.platform === 'win32'
      ? {}
      : { PRISMA_SCHEMA_ENGINE_BINARY: path.join(ROOT, 'scripts/prisma-schema-engine.mjs') }),
  };
}
