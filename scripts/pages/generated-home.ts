import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startApi, type ApiUnderTest } from '../bench/api.ts';
import { generate, type Generated, type GenerateOptions } from '../generate/generate.ts';
import { targetOf } from '../generate/target-of.ts';
import { ROOT } from '../start/config.ts';

/** What the content depends on beside the options. */
const SOURCES = ['scripts/generate/*.ts', 'prisma/migrations/*/migration.sql'];

/**
 * An API on a generated database, which is kept in .samplewise/generated for the next time: making a large one takes
 * minutes. It is made anew when the generator or the schema of the database has changed.
 */
export async function openGenerated(
  options: Pick<GenerateOptions, 'runs' | 'samples' | 'predicted'>,
  tell: (line: string) => void = console.log,
): Promise<{ api: ApiUnderTest; made: Generated }> {
  const { runs, samples, predicted } = options;
  const home = path.join(ROOT, '.samplewise/generated', `${runs}-runs-${samples}-samples-${predicted}-predicted`);
  const stamp = path.join(home, 'generated.json');
  const sources = await digestOfSources();
  const kept = await readFile(stamp, 'utf8').then(
    (text) => JSON.parse(text) as { sources: string; made: Generated },
    () => undefined, // there is none yet
  );
  if (kept?.sources === sources) return { api: await startApi({}, undefined, { home }), made: kept.made };
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  const api = await startApi({}, undefined, { home });
  try {
    const made = await generate(targetOf(api), options, (line) => tell(`  generating ${line} …`));
    await writeFile(stamp, JSON.stringify({ sources, made }));
    return { api, made };
  } catch (error) {
    await api.stop();
    throw error;
  }
}

async function digestOfSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of globSync(SOURCES, { cwd: ROOT }).sort()) {
    hash.update(`${file}\0`).update(await readFile(path.join(ROOT, file)));
  }
  return hash.digest('hex');
}
