import { z } from 'zod';
import { migrate } from './migrate.ts';

/** The command that brings a team's own database up to date: `DATABASE_URL=… node packages/database/src/migrate-main.ts`. */
async function main(url: string): Promise<void> {
  const applied = await migrate(url);
  console.log(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`);
}

const url = z.url({ protocol: /^postgres(ql)?$/ }).safeParse(readUrl());
if (!url.success) {
  console.error('DATABASE_URL must look like postgresql://user:password@host:5432/database');
  process.exit(1);
}
main(url.data).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});

function readUrl(): string | undefined {
  // eslint-disable-next-line no-restricted-properties -- this command's whole configuration
  return process.env.DATABASE_URL;
}
