import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  EvaluationInputError,
  holdOut,
  softmaxRegression,
  type CurvePoint,
  type LabelledFeatures,
  type LinearHead,
} from '../src/index.ts';
import { checksum, noise } from './support/cases.ts';

interface Case {
  seed: number;
  samples: number;
  classes: number;
  width: number;
  imbalanced: number;
  l2: number;
  classWeights: 'uniform' | 'balanced';
  standardise: boolean;
}

interface Golden {
  case: Case;
  checksum: number;
  loss: number;
  objective: number;
  accuracy: number;
  /** Of the first five samples. */
  probabilities: number[];
  weights: number[];
}

const golden = JSON.parse(readFileSync(path.join(import.meta.dirname, '../golden/softmax.json'), 'utf8')) as {
  heads: Golden[];
};

/** The samples of golden/softmax.py. */
function samplesOf({
  seed,
  samples: n,
  classes,
  width,
  imbalanced,
}: Pick<Case, 'seed' | 'samples' | 'classes' | 'width' | 'imbalanced'>) {
  const [first, second] = [noise(seed, 1), noise(seed, 2)];
  const labels = Int32Array.from({ length: n }, (_, i) =>
    imbalanced ? Math.min(first(i) % classes, second(i) % classes) : first(i) % classes,
  );
  const columns = Array.from({ length: width }, (_, i) => noise(seed, 10 + i));
  const features = new Float32Array(n * width);
  for (let row = 0; row < n; row++) {
    for (let i = 0; i < width; i++) {
      const pattern = ((labels[row]! * 7 + i * 3) % 5) / 4;
      features[row * width + i] = (columns[i]!(row) / 2 ** 32) * (1 + (i % 3) * 4) + pattern + (i % 2) * 100;
    }
  }
  return { features, width, labels };
}

function probabilities({ features, width }: LabelledFeatures, { weights, bias }: LinearHead, row: number): number[] {
  const logits = Array.from(bias, (b, c) => {
    let sum = b;
    for (let i = 0; i < width; i++) sum += weights[c * width + i]! * features[row * width + i]!;
    return sum;
  });
  const most = Math.max(...logits);
  const parts = logits.map((logit) => Math.exp(logit - most));
  return parts.map((part) => part / parts.reduce((a, b) => a + b));
}

const separable = samplesOf({ seed: 7, samples: 300, classes: 3, width: 4, imbalanced: 0 });

describe("a head agrees with scikit-learn's logistic regression", () => {
  test.each(golden.heads.map((entry) => [JSON.stringify(entry.case), entry] as const))('%s', (_, entry) => {
    const { l2, classes, classWeights, standardise } = entry.case;
    const samples = samplesOf(entry.case);
    expect(checksum(samples.features, Int16Array.from(samples.labels))).toBe(entry.checksum);
    const options = { classes, l2, classWeights, standardise, tolerance: 1e-9, maxIterations: 20_000 };
    const head = softmaxRegression(samples, options);
    expect(head.end).toBe('converged');
    expect(head.training.loss).toBeCloseTo(entry.loss, 7);
    expect(head.training.accuracy).toBeCloseTo(entry.accuracy, 12);
    const found = [0, 1, 2, 3, 4].flatMap((row) => probabilities(samples, head, row));
    found.forEach((p, i) => expect(p).toBeCloseTo(entry.probabilities[i]!, 6));
    head.weights.forEach((w, i) => expect(w).toBeCloseTo(entry.weights[i]!, 5));
  });
});

describe('a training', () => {
  test('tells its curve, which falls, and ends with its last point', () => {
    const curve: CurvePoint[] = [];
    const head = softmaxRegression(separable, { classes: 3, onIteration: (point) => curve.push(point) });
    expect(curve[0]).toMatchObject({ iteration: 0, training: { loss: expect.closeTo(Math.log(3), 12) as number } });
    expect(curve.map((point) => point.iteration)).toEqual([...curve.keys()]);
    expect(curve.at(-1)!.training).toEqual(head.training);
    expect(head.training.loss).toBeLessThan(curve[0]!.training.loss / 2);
  });

  test('stops early where a held-out part gets no better, and keeps the head that was best on it', () => {
    // Every third label is a wrong one: what is learned after a while is noise.
    const { labels, ...rest } = samplesOf({ seed: 3, samples: 200, classes: 4, width: 40, imbalanced: 0 });
    const samples = { ...rest, labels: labels.map((label, i) => (i % 3 === 0 ? (label + 1) % 4 : label)) };
    const { training, validation } = holdOut(samples.labels, Int32Array.from(samples.labels.keys()), 0.5, 1);
    const curve: CurvePoint[] = [];
    const head = softmaxRegression(
      { ...samples, rows: training },
      {
        ...{ classes: 4, l2: 0, patience: 5 },
        validation: { ...samples, rows: validation },
        onIteration: (point) => curve.push(point),
      },
    );
    const losses = curve.map((point) => point.validation!.loss);
    expect(head.end).toBe('stopped');
    expect(head.validation!.loss).toBe(Math.min(...losses));
    expect(head.iteration).toBe(losses.indexOf(Math.min(...losses)));
    expect(head.iterations).toBe(head.iteration + 5);
  });

  test('finds the same head each time, whatever else the array holds', () => {
    const rows = Int32Array.from(separable.labels.keys()).filter((row) => row % 3 > 0);
    const some = { ...separable, rows };
    const own = {
      width: 4,
      features: Float32Array.from(rows, () => 0),
      labels: Int32Array.from(rows, (r) => separable.labels[r]!),
    };
    own.features = new Float32Array(rows.length * 4);
    rows.forEach((row, i) => own.features.set(separable.features.subarray(row * 4, row * 4 + 4), i * 4));
    const head = softmaxRegression(some, { classes: 3 });
    expect(softmaxRegression(some, { classes: 3 })).toEqual(head);
    expect(softmaxRegression(own, { classes: 3 })).toEqual(head);
  });

  test('gives a class without samples a probability of 0, and a feature that never changes no weight', () => {
    const features = separable.features.map((x, i) => (i % 4 === 2 ? 5 : x));
    const head = softmaxRegression({ ...separable, features }, { classes: 4 });
    expect(head.unknown).toEqual([3]);
    expect(probabilities({ ...separable, features }, head, 0)[3]).toBe(0);
    for (const c of [0, 1, 2]) expect(head.weights[c * 4 + 2]).toBeCloseTo(0, 9);
  });

  test('of one class, of nothing, or of what is no number is refused with the place', () => {
    const refusal = (change: Partial<LabelledFeatures>): EvaluationInputError => {
      try {
        softmaxRegression({ ...separable, ...change }, { classes: 3 });
      } catch (error) {
        if (error instanceof EvaluationInputError) return error;
        throw error;
      }
      throw new Error('it was accepted');
    };
    expect(refusal({ labels: separable.labels.map(() => 1) }).argument).toBe('training.labels');
    expect(refusal({ rows: new Int32Array() }).argument).toBe('training');
    expect(refusal({ labels: separable.labels.map(() => 3) })).toMatchObject({ argument: 'training.labels', index: 0 });
    const holed = separable.features.slice();
    holed[9] = NaN;
    expect(refusal({ features: holed })).toMatchObject({ argument: 'training.features', index: 9 });
    expect(refusal({ width: 5 }).argument).toBe('training.features');
  });
});

describe('a held-out part', () => {
  const { labels } = samplesOf({ seed: 5, samples: 400, classes: 5, width: 1, imbalanced: 1 });
  const rows = Int32Array.from(labels.keys());

  test('has its share of each class, is drawn by the seed, and shares nothing with the rest', () => {
    const { training, validation } = holdOut(labels, rows, 0.2, 3);
    expect([...training, ...validation].sort((a, b) => a - b)).toEqual([...rows]);
    for (let c = 0; c < 5; c++) {
      const [all, held] = [rows, validation].map((part) => part.filter((row) => labels[row] === c).length);
      expect(held).toBe(Math.round(all! * 0.2));
    }
    expect(holdOut(labels, rows, 0.2, 3)).toEqual({ training, validation });
    expect(holdOut(labels, rows, 0.2, 4).validation).not.toEqual(validation);
  });

  test('leaves at least one sample of each class to be learned from', () => {
    const { training } = holdOut(Int32Array.of(0, 0, 1), Int32Array.of(0, 1, 2), 0.9, 0);
    expect([...training].map((row) => [0, 0, 1][row])).toEqual([0, 1]);
  });
});
