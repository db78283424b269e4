import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from './config.ts';
import { StartProblem } from './problem.ts';

const WEB = path.join(ROOT, 'apps/web');
/** Beside Next's own output, so that whoever deletes that also asks for a new build. */
const STAMP = path.join(WEB, '.next', 'samplewise-sources');
/** Not sources, or made from what is hashed anyway. */
const LEFT_OUT = new Set([
  'node_modules',
  '.next',
  'generated',
  'test',
  'bench',
  'next-env.d.ts',
  'tsconfig.tsbuildinfo',
]);
/** What the page is built of beside its own folder. */
const SHARED = path.join(ROOT, 'packages/domain/src');
const BESIDE = ['package-lock.json', 'tsconfig.base.json', 'apps/api/schema.graphql'];

/**
 * Builds the web app if its sources have changed since the last build that was completed.
 * @returns whether it had to be built
 * @throws StartProblem with what Next has said
 */
export async function buildWeb(options: { signal?: AbortSignal; onBuild?: () => void } = {}): Promise<boolean> {
  const sources = await hashSources();
  const built = await readFile(STAMP, 'utf8').catch(() => undefined); // undefined: never built
  if (built === sources) return false;
  options.onBuild?.();
  await rm(STAMP, { force: true });
  await runBuild(options.signal);
  await writeFile(STAMP, sources);
  return true;
}

async function hashSources(): Promise<string> {
  const files = [
    ...(await filesBelow(WEB)),
    ...(await filesBelow(SHARED)),
    ...BESIDE.map((name) => path.join(ROOT, name)),
  ].sort();
  const hash = createHash('sha256').update(process.versions.node);
  for (const file of files) {
    hash.update(`\0${path.relative(ROOT, file)}\0`).update(await readFile(file));
  }
  return hash.digest('hex');
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries.filter(({ name }) => !LEFT_OUT.has(name))) {
    const full = path.join(folder, entry.name);
    files.push(...(entry.isDirectory() ? await filesBelow(full) : [full]));
  }
  return files;
}

function runBuild(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(ROOT, 'node_modules/next/dist/bin/next'), 'build', WEB], {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal ? { signal } : {}),
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new StartProblem(`The web app could not be built:\n${output.trim()}`, 'Mend what is named, and start again.'),
        );
    });
  });
}
