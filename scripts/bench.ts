import { globSync } from 'node:fs';
import path from 'node:path';
import { runNode } from './test/command.ts';
import { ROOT } from './start/config.ts';

/**
 * `npm run bench` runs every benchmark, `npm run bench -- evaluation` those whose path holds the word: each in a process
 * of its own, one after the other. A budget that is missed is shown, not an error: machines differ.
 */
const words = process.argv.slice(2);
const files = globSync('{packages,apps}/*/bench/*.bench.ts', { cwd: ROOT, exclude: ['**/node_modules/**'] })
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .sort();
if (files.length === 0) {
  console.error(`No benchmark's path holds ${words.map((word) => `'${word}'`).join(' or ')}.`);
  process.exit(1);
}
for (const file of files) {
  console.log(`\n${file}`);
  await runNode(['--expose-gc', path.join(ROOT, file)], { show: true });
}
