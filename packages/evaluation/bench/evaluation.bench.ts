import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { measure, report, reportRatio } from '../../../scripts/bench/measure.ts';
import { pythonWith } from '../../../scripts/bench/python.ts';
import { runCommand } from '../../../scripts/test/command.ts';
import {
  compareRuns,
  evaluate,
  nearDuplicates,
  precisionRecallCurve,
  rankRuns,
  rocCurve,
  type Predictions,
} from '../src/index.ts';
import { randomStream } from '../src/random.ts';
import { runSet, single } from '../test/support/cases.ts';

// The samples of FER-2013: 35,887 of seven classes.
const first = single({ seed: 1, samples: 35_887, labels: 7, kind: 'imbalanced' });
const second = single({ seed: 2, samples: 35_887, labels: 7, kind: 'imbalanced' }).predicted;
const predictions: Predictions = first;
const other = Int16Array.from(first.predicted, (label, i) => (i % 5 === 0 ? second[i]! : label));
const labelsOnly: Predictions = { labels: first.labels, truth: first.truth, predicted: first.predicted };

const whole = await measure('evaluate: all metrics, 1,000 draws, scores', () => evaluate(predictions));
report(whole, { budget: 1000 });
report(await measure('evaluate: without scores', () => evaluate(labelsOnly)));
report(await measure('evaluate: BCa intervals', () => evaluate(labelsOnly, { interval: 'bca' })));
const comparison = await measure('compareRuns: two runs, 1,000 draws', () =>
  compareRuns({ labels: first.labels, truth: first.truth, first: first.predicted, second: other }),
);
report(comparison, { budget: 100 });
report(
  await measure('ROC and precision-recall curve of each class', () =>
    first.labels.map((_, c) => [rocCurve(predictions, c), precisionRecallCurve(predictions, c)]),
  ),
);

const fifty = runSet({ seed: 1, runs: 50, samples: 35_887, labels: 7 });
for (const metric of ['accuracy', 'macroF1'] as const) {
  const name = `rankRuns: 50 runs, 1,000 draws, every pair, ${metric}`;
  report(await measure(name, () => rankRuns(fifty, { metric }), 1), { budget: 5000 });
}

const random = randomStream(1);
const word = () => BigInt(random.binomial(2 ** 30, 0.5) & 0xffff);
const hashes = BigUint64Array.from(
  { length: 100_000 },
  () => (word() << 48n) | (word() << 32n) | (word() << 16n) | word(),
);
for (const distance of [4, 8, 10]) {
  report(
    await measure(`nearDuplicates: 100,000 hashes, distance ${distance}`, () => nearDuplicates(hashes, distance), 1),
  );
}

await againstScikitLearn();

async function againstScikitLearn(): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-bench-'));
  try {
    const python = await pythonWith(path.join(import.meta.dirname, '../golden/requirements.txt'));
    for (const [name, column] of Object.entries({
      truth: first.truth,
      predicted: first.predicted,
      other,
      scores: first.scores,
    })) {
      await writeFile(path.join(folder, name), new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
    }
    const output = await runCommand(python, [path.join(import.meta.dirname, 'peer.py'), folder], {
      env: { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
    });
    const theirs = JSON.parse(output) as { version: string; evaluate: number; compare: number };
    for (const [name, ours, peer] of [
      ['the same metrics and draws', whole, theirs.evaluate],
      ['the same comparison and draws', comparison, theirs.compare],
    ] as const) {
      report({
        name: `scikit-learn ${theirs.version}: ${name}`,
        median: peer,
        p95: peer,
        p99: peer,
        lowest: peer,
        highest: peer,
        runs: 1,
      });
      reportRatio('  this package is faster by', ours.median, peer);
    }
  } catch (error) {
    console.log(`  Without the ratio against scikit-learn. ${(error as Error).message}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}
