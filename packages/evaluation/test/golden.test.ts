import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  benjaminiHochberg,
  cochranQ,
  evaluate,
  fleissKappa,
  friedman,
  holm,
  kappaBetween,
  mcnemar,
  nemenyi,
  topKAccuracy,
  type Estimate,
} from '../src/index.ts';
import { blocks, checksum, runSet, single, type BlockCase, type SetCase, type SingleCase } from './support/cases.ts';

type Figures = Record<string, number | null>;
type Columns = Record<string, (number | null)[]>;

interface Golden {
  versions: Record<string, string>;
  single: {
    case: SingleCase;
    checksum: number;
    metrics: Figures;
    perClass: Columns | null;
    scores: Figures | null;
    scoresPerClass: Columns | null;
  }[];
  sets: {
    case: SetCase;
    checksum: number;
    pairs: Figures[];
    holm: number[];
    benjaminiHochberg: number[];
    cochranQ: { statistic: number; p: number } | null;
    fleissKappa: number | null;
  }[];
  blocks: {
    case: BlockCase;
    checksum: number;
    statistic: number | null;
    p: number | null;
    ranks: number[];
    imanDavenport: number | null;
    nemenyi: number[];
  }[];
}

const golden = JSON.parse(readFileSync(path.join(import.meta.dirname, '../golden/golden.json'), 'utf8')) as Golden;

/** What differs from the references; empty when all agree. */
class Differences {
  readonly found: string[] = [];
  compared = 0;

  metric(name: string, ours: number | null | undefined, theirs: number | null | undefined): void {
    this.#compare(name, ours, theirs, 1e-9);
  }

  /** p-values agree relatively, however small. */
  p(name: string, ours: number | null | undefined, theirs: number | null): void {
    this.#compare(name, ours, theirs, 1e-6 * Math.abs(theirs ?? 1));
  }

  #compare(name: string, ours: number | null | undefined, theirs: number | null | undefined, tolerance: number): void {
    this.compared++;
    const agree =
      typeof ours === 'number' && typeof theirs === 'number' ? Math.abs(ours - theirs) <= tolerance : ours === theirs;
    if (!agree) this.found.push(`${name}: ${ours} here, ${theirs} there`);
  }
}

const low = (e: Estimate): number | undefined => (e.value === null ? undefined : e.low);
const high = (e: Estimate): number | undefined => (e.value === null ? undefined : e.high);

test('the golden values are those of at least 200 cases, made with the versions that they name', () => {
  expect(golden.single.length).toBeGreaterThanOrEqual(200);
  expect(golden.sets.length).toBeGreaterThanOrEqual(40);
  expect(Object.keys(golden.versions)).toEqual(['python', 'numpy', 'scikit-learn', 'scipy', 'statsmodels']);
});

describe('an evaluation agrees with scikit-learn and statsmodels', () => {
  test.each(golden.single.map((entry) => [JSON.stringify(entry.case), entry] as const))('%s', (_name, entry) => {
    const predictions = single(entry.case);
    const { truth, predicted, scores, weights } = predictions;
    expect(checksum(truth, predicted, scores, weights)).toBe(entry.checksum);
    const differences = new Differences();
    const result = evaluate(predictions, { draws: 2 });

    const { low: lowest, high: highest, ...metrics } = entry.metrics;
    for (const [name, theirs] of Object.entries(metrics)) {
      differences.metric(name, result.metrics[name as 'accuracy'].value, theirs);
    }
    if (!weights) {
      differences.metric('low', low(result.metrics.accuracy), lowest);
      differences.metric('high', high(result.metrics.accuracy), highest);
    }
    for (const [name, column] of Object.entries(entry.perClass ?? {})) {
      column.forEach((theirs, c) => {
        differences.metric(`${name} of ${c}`, result.perClass[c]![name as 'f1'].value, theirs);
      });
    }

    if ('problem' in result.scores) throw new Error(result.scores.problem);
    const ours = result.scores;
    const figures: Figures = {
      logLoss: ours.logLoss.value,
      brierScore: ours.brierScore.value,
      expectedError: ours.calibration.expectedError.value,
      maximumError: ours.calibration.maximumError.value,
      macroRocAuc: ours.macroRocAuc.value,
      macroAveragePrecision: ours.macroAveragePrecision.value,
      ...Object.fromEntries(
        [2, 3, 5].filter((k) => k < entry.case.labels).map((k) => [`top${k}`, topKAccuracy(predictions, k).value]),
      ),
    };
    // Where no sample has a prediction there is nothing to compare but that nothing is defined.
    const theirs = entry.scores ?? Object.fromEntries(Object.keys(figures).map((name) => [name, null]));
    for (const name of Object.keys(theirs)) {
      const expected = entry.scores === null && name.startsWith('top') ? 0 : theirs[name];
      differences.metric(name, figures[name], expected);
    }
    for (const [name, column] of Object.entries(entry.scoresPerClass ?? {})) {
      column.forEach((value, c) => {
        differences.metric(`${name} of ${c}`, ours.perClass[c]![name as 'rocAuc'].value, value);
      });
    }
    expect(differences.found).toEqual([]);
    expect(differences.compared).toBeGreaterThan(15);
  });
});

describe('tests between runs agree with statsmodels and SciPy', () => {
  test.each(golden.sets.map((entry) => [JSON.stringify(entry.case), entry] as const))('%s', (_name, entry) => {
    const { truth, predicted } = runSet(entry.case);
    expect(checksum(truth, ...predicted)).toBe(entry.checksum);
    const differences = new Differences();
    const mids: number[] = [];
    let pair = 0;
    for (let a = 0; a < predicted.length; a++) {
      for (let b = a + 1; b < predicted.length; b++) {
        const theirs = entry.pairs[pair++]!;
        const name = `${a} and ${b}`;
        differences.metric(`kappa of ${name}`, kappaBetween(predicted[a]!, predicted[b]!).value, theirs.kappa);
        const ours = mcnemar(theirs.fixed!, theirs.broken!);
        mids.push(ours.midP);
        differences.p(`exact p of ${name}`, ours.exactP, theirs.exactP!);
        differences.p(`mid-p of ${name}`, ours.midP, theirs.midP!);
        differences.p(`chi-squared p of ${name}`, ours.asymptotic.p, theirs.chi2!);
        differences.p(`corrected p of ${name}`, ours.corrected.p, theirs.corrected!);
      }
    }
    holm(mids).forEach((p, i) => {
      differences.p(`Holm ${i}`, p, entry.holm[i]!);
    });
    benjaminiHochberg(mids).forEach((p, i) => {
      differences.p(`Benjamini-Hochberg ${i}`, p, entry.benjaminiHochberg[i]!);
    });
    const q = cochranQ(predicted.map((column) => Uint8Array.from(column, (label, i) => Number(label === truth[i]))));
    differences.p('Q', q.statistic, entry.cochranQ?.statistic ?? 0);
    differences.p('p of Q', q.p, entry.cochranQ?.p ?? 1);
    differences.metric("Fleiss' kappa", fleissKappa(predicted).value, entry.fleissKappa);
    expect(differences.found).toEqual([]);
  });

  test.each(golden.blocks.map((entry) => [JSON.stringify(entry.case), entry] as const))('%s', (_name, entry) => {
    const columns = blocks(entry.case);
    expect(checksum(...columns)).toBe(entry.checksum);
    const differences = new Differences();
    const ours = friedman(columns);
    differences.metric('statistic', ours.statistic, entry.statistic);
    differences.p('p', ours.p, entry.p);
    entry.ranks.forEach((rank, t) => {
      differences.metric(`rank of ${t}`, ours.averageRanks[t], rank);
    });
    differences.p('Iman and Davenport', ours.imanDavenport?.p ?? null, entry.imanDavenport);
    nemenyi(ours.averageRanks, entry.case.blocks).pairs.forEach(({ p }, i) => {
      // The studentised range is an integral on both sides.
      differences.metric(`Nemenyi ${i}`, p, entry.nemenyi[i]);
    });
    expect(differences.found).toEqual([]);
  });
});
