import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, evaluateConfusion, type ConfusionMatrix, type Estimate } from '../src/index.ts';
import { bcaInterval } from '../src/intervals.ts';
import { Resampling } from '../src/multinomial.ts';
import { randomStream } from '../src/random.ts';

const bounds = (e: Estimate) => {
  if (e.value === null) throw new Error(e.reason);
  return { value: e.value, low: e.low!, high: e.high! };
};

describe('a binomial draw', () => {
  test.each([
    [100, 0.3],
    [30, 0.45],
    [513, 0.78],
    [5000, 0.01],
    [50, 0.02],
    [1, 0.5],
  ])('of %d trials of %d has the frequencies of the binomial distribution', (n, p) => {
    const random = randomStream(3);
    const draws = 200_000;
    const counts = new Float64Array(n + 1);
    for (let i = 0; i < draws; i++) counts[random.binomial(n, p)]!++;
    // Pearson's chi-squared over the values that are expected ten times or more, against its 99.99 % quantile.
    let [statistic, cells, logarithm] = [0, 0, n * Math.log1p(-p)];
    for (let k = 0; k <= n; k++) {
      const expected = draws * Math.exp(logarithm);
      if (expected >= 10) {
        statistic += (counts[k]! - expected) ** 2 / expected;
        cells++;
      }
      logarithm += Math.log(((n - k) / (k + 1)) * (p / (1 - p)));
    }
    const degrees = cells - 1;
    expect(statistic).toBeLessThan(degrees * (1 - 2 / (9 * degrees) + 3.72 * Math.sqrt(2 / (9 * degrees))) ** 3);
  });
});

describe('resampling by cells', () => {
  test('keeps the number of samples, and never fills a cell that was empty', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: 1, maxLength: 12 }), fc.nat(1000), (counts, seed) => {
        const drawn = new Float64Array(counts.length);
        new Resampling(counts).draw(randomStream(seed), drawn);
        expect(drawn.reduce((a, b) => a + b, 0)).toBe(counts.reduce((a, b) => a + b, 0));
        counts.forEach((count, i) => {
          if (count === 0) expect(drawn[i]).toBe(0);
        });
      }),
    );
  });

  test('has the means and variances of a multinomial, in large cells and in small ones', () => {
    const counts = [400, 90, 15, 7, 1, 0];
    const size = counts.reduce((a, b) => a + b, 0);
    const resampling = new Resampling(counts);
    const random = randomStream(5);
    const draws = 20_000;
    const sums = counts.map(() => [0, 0] as [number, number]);
    for (let i = 0; i < draws; i++) {
      const drawn = new Float64Array(counts.length);
      resampling.draw(random, drawn);
      drawn.forEach((n, cell) => {
        sums[cell]![0] += n;
        sums[cell]![1] += n * n;
      });
    }
    counts.forEach((count, cell) => {
      const mean = sums[cell]![0] / draws;
      const variance = sums[cell]![1] / draws - mean ** 2;
      const expected = count * (1 - count / size);
      expect(Math.abs(mean - count)).toBeLessThanOrEqual(4 * Math.sqrt(expected / draws));
      expect(Math.abs(variance - expected)).toBeLessThanOrEqual(0.06 * expected);
    });
  });
});

/** Shares of 1,000 sets of 200 samples whose interval holds the true value. */
function coverage(interval: 'percentile' | 'bca'): Record<'accuracy' | 'balancedAccuracy' | 'macroF1', number> {
  // Truth x prediction, as probabilities; three classes of unlike size and difficulty.
  const shares = [0.5, 0.3, 0.2];
  const given = [
    [0.85, 0.1, 0.05],
    [0.2, 0.7, 0.1],
    [0.15, 0.25, 0.6],
  ];
  const samples = 200;
  const sizes = shares.map((share) => share * samples);
  const exact: ConfusionMatrix = {
    labels: ['a', 'b', 'c'],
    counts: given.map((row, t) => row.map((p) => Math.round(p * sizes[t]! * 1000))),
    none: [0, 0, 0],
  };
  const truth = evaluateConfusion(exact, { draws: 1 }).metrics;
  const random = randomStream(interval === 'bca' ? 11 : 7);
  const held = { accuracy: 0, balancedAccuracy: 0, macroF1: 0 };
  const sets = 1000;
  for (let set = 0; set < sets; set++) {
    const counts = given.map((row, t) => {
      const drawn = [0, 0, 0];
      for (let i = 0; i < sizes[t]!; i++) {
        const u = random.below(1e6) / 1e6;
        drawn[u < row[0]! ? 0 : u < row[0]! + row[1]! ? 1 : 2]!++;
      }
      return drawn;
    });
    const { metrics } = evaluateConfusion({ ...exact, counts }, { seed: set, draws: 400, interval });
    for (const name of ['accuracy', 'balancedAccuracy', 'macroF1'] as const) {
      const { low, high } = bounds(metrics[name]);
      const value = truth[name].value!;
      if (low <= value && value <= high) held[name]++;
    }
  }
  return {
    accuracy: held.accuracy / sets,
    balancedAccuracy: held.balancedAccuracy / sets,
    macroF1: held.macroF1 / sets,
  };
}

describe('95 % intervals of 200 samples hold the truth in 93 to 97 % of 1,000 draws', () => {
  test.each(['percentile', 'bca'] as const)('Wilson, and the %s bootstrap', (interval) => {
    const held = coverage(interval);
    for (const [name, share] of Object.entries(held)) {
      expect(share, name).toBeGreaterThan(0.93);
      expect(share, name).toBeLessThanOrEqual(0.97);
    }
  });
});

describe('the BCa interval', () => {
  test('accelerates as the skewness of a proportion says', () => {
    // 90 of 100 right: a = (1 - 2p) / (6 sqrt(n p q)) = -0.8 / 18. The draws are the grid 0, 0.0001, ..., 1 around the
    // value 0.5, so that there is no bias and a quantile is its own order: Phi(z / (1 - a z)) for z = -1.96 and 1.96.
    const draws = Float64Array.from({ length: 10_001 }, (_, i) => i / 10_000);
    const influences = [
      { without: 89 / 99, count: 90, stratum: 0, size: 100 },
      { without: 90 / 99, count: 10, stratum: 0, size: 100 },
    ];
    const interval = bcaInterval(0.5, draws, influences, 0.95)!;
    const [a, z] = [-0.8 / 18, 1.959963984540054];
    expect(interval.low).toBeCloseTo(normalCdf(-z / (1 + a * z), 0, 1), 6);
    expect(interval.high).toBeCloseTo(normalCdf(z / (1 - a * z), 0, 1), 6);
    expect(interval.low).toBeLessThan(0.025);
  });

  test('is the value itself when nothing can vary', () => {
    const perfect: ConfusionMatrix = {
      labels: ['a', 'b'],
      counts: [
        [5, 0],
        [0, 5],
      ],
      none: [0, 0],
    };
    expect(evaluateConfusion(perfect, { interval: 'bca' }).metrics.macroF1).toMatchObject({ low: 1, high: 1 });
  });

  test('is refused for samples with weights', () => {
    const columns = { labels: ['a', 'b'], truth: Int16Array.of(0, 1), predicted: Int16Array.of(0, 1) };
    const weights = Float64Array.of(1, 2);
    expect(() => evaluate({ ...columns, weights }, { interval: 'bca' })).toThrow(/interval/);
  });
});
