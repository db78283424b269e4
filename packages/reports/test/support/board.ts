import type { LeaderboardRow, SnapshotDocument } from '@samplewise/domain';
import type { Snapshot } from '../../src/index.ts';

const hex = (seed: string): string => seed.repeat(64).slice(0, 64);

interface Known {
  name: string;
  restoration?: string;
  value: number;
  ranks: [low: number, high: number];
  letters: string[];
  latency: number | null;
  memory: number | null;
  front?: boolean;
  first?: number;
  p?: number;
  covered?: number;
  otherwise?: number;
  submissions?: number;
}

/** A board as FER-2013 gives it: a few models, with and without restoration. */
const ENTRIES: Known[] = [
  { name: 'EfficientNet-B0', restoration: 'GFPGAN', value: 0.6943, ranks: [1, 3], letters: ['a'], latency: 21.4, memory: 612e6, first: 0.61, front: true },
  { name: 'ResNet-50', restoration: 'GFPGAN', value: 0.6911, ranks: [1, 3], letters: ['a'], latency: 48.2, memory: 981e6, first: 0.27, p: 0.412 },
  { name: 'EfficientNet-B0', value: 0.6874, ranks: [1, 4], letters: ['a', 'b'], latency: 6.3, memory: 210e6, first: 0.12, p: 0.064, front: true },
  { name: 'VGG19', restoration: 'GFPGAN', value: 0.6779, ranks: [3, 5], letters: ['b', 'c'], latency: 61, memory: 1_420e6, first: 0.003, p: 0.0002, otherwise: 5 },
  { name: 'ResNet-50', value: 0.6752, ranks: [4, 6], letters: ['c'], latency: 12.1, memory: 402e6, first: 0, p: 0.00004, submissions: 3 },
  { name: 'VGG19', value: 0.6688, ranks: [5, 6], letters: ['c'], latency: 24.8, memory: 880e6, first: 0, p: 0.00001 },
  { name: 'Phi-3.5 Vision', value: 0.5214, ranks: [7, 7], letters: ['d'], latency: 2140, memory: 9_400e6, first: 0, p: 1e-12, covered: 3412 },
  { name: 'CLIP ViT-B/32', restoration: 'GFPGAN', value: 0.4187, ranks: [8, 9], letters: ['e'], latency: 33.5, memory: null, first: 0, p: 1e-30 },
  { name: 'CLIP ViT-B/32', value: 0.4141, ranks: [8, 9], letters: ['e'], latency: 4.1, memory: 150e6, first: 0, p: 1e-31, front: true },
]; // prettier-ignore

function rowOf(entry: Known, position: number): LeaderboardRow {
  const { name, restoration, value, ranks, letters, first = 0, p } = entry;
  const model = { id: String(position + 1), name, version: 1, digest: hex('a') };
  const steps = { id: '2', name: restoration ?? 'none', version: 1, digest: hex('b') };
  return {
    position,
    rank: position + 1,
    runId: String(100 + position),
    name: restoration === undefined ? name : `${name} · ${restoration}`,
    model,
    restoration: steps,
    finishedAt: '2026-11-20T10:00:00.000Z',
    submissions: entry.submissions ?? 1,
    value: { value, low: value - 0.0152, high: value + 0.0149, method: 'wilson' },
    ranks: { low: ranks[0], high: ranks[1] },
    bootstrapRanks: { low: ranks[0], high: ranks[1] },
    first,
    toLeader:
      p === undefined
        ? null
        : {
            difference: { value: value - 0.6943, low: value - 0.7043, high: value - 0.6843, method: 'newcombe' },
            p,
            adjusted: Math.min(1, 2 * p),
          },
    letters,
    covered: entry.covered ?? 3589,
    neverPredicts: name.startsWith('CLIP') ? ['disgust'] : [],
    otherwise: { rank: entry.otherwise ?? position + 1, value: { value: value - 0.001 } },
    costs: [
      { name: 'latencyP50Milliseconds', value: entry.latency, front: entry.front ?? false },
      { name: 'peakMemoryBytes', value: entry.memory, front: entry.front ?? false },
    ],
    predictionsDigest: hex('c'),
    evaluationVersion: '2',
  };
}

/** @param changes of the document */
export function snapshot(changes: Partial<SnapshotDocument> = {}): Snapshot {
  const rows = ENTRIES.map(rowOf);
  const document: SnapshotDocument = {
    format: 'samplewise-leaderboard-snapshot-1',
    number: 3,
    createdAt: '2026-11-24T09:30:00.000Z',
    note: '',
    board: {
      id: 'Leaderboard_1',
      project: { team: 'vision', slug: 'expressions', name: 'Facial expressions' },
      name: 'Facial expressions under degradation',
      description: 'Seven emotions from faces of 48 × 48 pixels, with and without restoration.',
      metric: 'accuracy',
      direction: 'HIGHER',
      tieBreaks: [],
      filter: {},
      entryPer: 'MODEL_CONFIG',
      pick: 'LATEST',
      costs: ['latencyP50Milliseconds', 'peakMemoryBytes'],
      excludeLeaks: false,
      revision: 2,
    },
    dataset: {
      name: 'FER-2013',
      version: 'original',
      number: 1,
      digest: hex('d'),
      split: 'TEST',
      labels: ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'],
    },
    computedAt: '2026-11-24T09:29:12.000Z',
    summary: {
      codeVersion: '1-2',
      inputsDigest: hex('e'),
      entries: rows.length,
      samples: 3589,
      leakedSamples: 41,
      test: 'mcnemar mid-p',
      confidence: 0.95,
      draws: 1000,
      seed: 0,
      grouped: true,
      checks: [
        {
          code: 'LEAKED_SAMPLES',
          level: 'WARNING',
          message:
            '41 samples of 3589 stand, byte for byte, in an earlier split too; the ranking is with them. 1 rank would be another without them. Samples that only look alike are not looked for.',
          count: 41,
        },
        {
          code: 'INCOMPLETE_COVERAGE',
          level: 'WARNING',
          message: '1 entry lacks predictions of some samples, which count as wrong.',
          count: 1,
        },
        {
          code: 'SUBMISSIONS',
          level: 'INFO',
          message: 'Up to 3 runs of one entrant were evaluated on these samples.',
          count: 3,
        },
      ],
    },
    rows,
    ...changes,
  };
  return { document, digest: hex('f') };
}
