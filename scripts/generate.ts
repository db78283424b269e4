import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startApi } from './bench/api.ts';
import { DEFAULTS, generate, type Generated, type GenerateOptions } from './generate/generate.ts';
import { targetOf } from './generate/target-of.ts';
import { readConfig } from './start/config.ts';
import { takeLock } from './start/lock.ts';
import { pageAddress } from './start/parts.ts';
import { StartProblem } from './start/problem.ts';

/**
 * `npm run generate -- --runs 10000 --samples 36000` fills the data of `npm start` (SAMPLEWISE_HOME, DATABASE_URL) with
 * a large project; `npm start` shows it then. Further options: --predicted, --seed, --name.
 */
const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const options = z.object({
  runs: count(1, 1_000_000).default(DEFAULTS.runs),
  samples: count(100, 1_000_000).default(DEFAULTS.samples),
  predicted: count(0, 1000).default(DEFAULTS.predicted),
  seed: count(0, 2_147_483_647).default(DEFAULTS.seed),
  name: z.string().default(DEFAULTS.name),
});

function readOptions(): GenerateOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { runs: text, samples: text, predicted: text, seed: text, name: text } });
  return options.parse(values);
}

async function main(): Promise<void> {
  const wanted = readOptions();
  const config = readConfig();
  mkdirSync(config.home, { recursive: true });
  process.on('exit', takeLock(config.home, pageAddress(config)));
  const began = performance.now();
  const { home, databaseUrl } = config;
  const api = await startApi({}, undefined, { home, databaseUrl });
  try {
    const seconds = (): string => `${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s`;
    const made = await generate(targetOf(api), wanted, (line) => console.log(`${seconds()}  ${line} …`));
    console.log(`${seconds()}  done\n`);
    show(made);
  } finally {
    await api.stop();
  }
}

function show({ slug, experimentId, datasetVersionId, predicted, hostile, empty }: Generated): void {
  const number = (id: string): string => id.slice(id.indexOf('_') + 1);
  const pages = [
    `/projects/local/${slug}`,
    `/experiments/${number(experimentId)}`,
    `/datasets/${number(datasetVersionId)}`,
    ...predicted.slice(0, 1).map((id) => `/runs/${number(id)}`),
    `/compare?runs=${predicted.slice(0, 5).map(number).join(',')}`,
    `/projects/local/${hostile.slug}`,
    `/projects/local/${empty}`,
  ];
  console.log(`npm start shows it at\n${pages.map((page) => `  ${page}`).join('\n')}`);
}

try {
  await main();
} catch (error) {
  if (error instanceof z.ZodError) console.error(z.prettifyError(error));
  else console.error(error instanceof StartProblem ? error.message : error);
  process.exit(1);
}
