import { buildWeb } from '../start/build-web.ts';
import { packageScript, runNode } from './command.ts';
import { checkDrift } from './drift.ts';

export interface Check {
  /** A sentence about what is so when it passes. */
  readonly title: string;
  /** @throws an error whose message says what is wrong */
  readonly run: () => Promise<unknown>;
}

/** Comes first: the type check of the web app needs the types that Next writes, and the browser tests its output. */
export const WEB_BUILDS: Check = { title: 'the web app builds', run: () => buildWeb() };

const node =
  (script: string, ...args: string[]) =>
  (): Promise<unknown> =>
    runNode([packageScript(script), ...args]);

/** What is checked of the sources, each counted as one test. The slowest come first. */
export const CHECKS: readonly Check[] = [
  { title: 'ESLint has nothing to say', run: node('eslint/bin/eslint.js', '--max-warnings=0', '.') },
  {
    title: 'the TypeScript of packages, API, scripts and tests is sound',
    run: node('typescript/bin/tsc', '-p', 'tsconfig.json'),
  },
  {
    title: 'the TypeScript of the web app is sound',
    run: node('typescript/bin/tsc', '-p', 'apps/web', '--noEmit'),
  },
  { title: 'all files are formatted', run: node('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.') },
  { title: 'imports keep to their directions', run: checkImports },
  { title: 'nothing is unused or undeclared', run: node('knip/bin/knip.js', '--no-progress', '--no-config-hints') },
  { title: 'the migrations make what the Prisma schema says', run: checkDrift },
  {
    title: 'apps/api/schema.graphql is what the code says',
    run: () => runNode(['apps/api/src/print-schema.ts', '--check']),
  },
  {
    title: 'every part of the API has a description',
    run: () => runNode(['apps/api/src/schema-checks/descriptions.ts']),
  },
  {
    title: 'the API breaks no promise of the last release without saying so',
    run: () => runNode(['apps/api/src/schema-checks/breaking-changes.ts']),
  },
  {
    title: 'docker-compose.yml follows the Compose specification',
    run: node('dclint/bin/dclint.cjs', '--max-warnings=0', 'docker-compose.yml'),
  },
];

/** The web app has a TypeScript configuration of its own, by which its imports are resolved. */
async function checkImports(): Promise<void> {
  const cruise = [
    packageScript('dependency-cruiser/bin/dependency-cruiser.mjs'),
    '--config',
    '.dependency-cruiser.cjs',
  ];
  await runNode([...cruise, 'packages', 'apps/api', 'scripts', 'test']);
  await runNode([...cruise, '--ts-config', 'apps/web/tsconfig.json', 'apps/web']);
}
