import { z } from 'zod';
import { displayName, prose, runKey } from './names.ts';

/** Metrics of predicted labels: their ranks have intervals and tests, since samples stand behind them. More is better. */
export const LABEL_METRICS = [
  'accuracy',
  'balancedAccuracy',
  'macroF1',
  'macroPrecision',
  'macroRecall',
  'weightedF1',
  'cohenKappa',
  'matthewsCorrelation',
] as const;
export type LabelMetric = (typeof LABEL_METRICS)[number];

/** Metrics of class scores, as the evaluation of a run has them. */
export const SCORE_METRICS = ['macroRocAuc', 'logLoss', 'brierScore'] as const;
export type ScoreMetric = (typeof SCORE_METRICS)[number];

/** What a run cost; less is better. */
export const RUN_COSTS = [
  'latencyP50Milliseconds',
  'latencyP95Milliseconds',
  'inferenceSeconds',
  'preprocessingSeconds',
  'trainingSeconds',
  'cpuSeconds',
  'peakMemoryBytes',
] as const;
export type RunCost = (typeof RUN_COSTS)[number];

const LOGGED = 'logged:';
/** The key of a logged metric's name, such as `loss/val` of `logged:loss/val`; its latest value counts. */
export const loggedKey = (name: string): string | undefined =>
  name.startsWith(LOGGED) ? name.slice(LOGGED.length) : undefined;

const named = (names: readonly string[], what: string) =>
  z.string().refine(
    (name) => {
      const key = loggedKey(name);
      return key === undefined ? names.includes(name) : runKey.safeParse(key).success;
    },
    `must be ${what}: ${names.join(', ')}, or logged:<key> of a logged metric`,
  );

const METRICS: readonly string[] = [...LABEL_METRICS, ...SCORE_METRICS];
const metric = named(METRICS, 'a metric');
const cost = named(RUN_COSTS, 'a cost');
const figure = named([...METRICS, ...RUN_COSTS], 'a metric or a cost');

export const RANK_DIRECTIONS = ['HIGHER', 'LOWER'] as const;
export type RankDirection = (typeof RANK_DIRECTIONS)[number];

/** Which end of a figure is the better one, unless somebody says otherwise of a logged one. */
export function directionOf(name: string): RankDirection {
  return name === 'logLoss' || name === 'brierScore' || (RUN_COSTS as readonly string[]).includes(name)
    ? 'LOWER'
    : 'HIGHER';
}

const rowId = z.string().regex(/^[1-9][0-9]{0,17}$/, 'must be the number of a row');
const rowIds = z.array(rowId).min(1, 'must not be empty').max(100, 'can be at most 100');

/** Which runs may stand on a board; each part must hold, each left out holds for all. Ids are row numbers. */
export const leaderboardFilter = z.strictObject({
  modelConfigIds: rowIds.optional(),
  restorationConfigIds: rowIds.optional(),
  experimentIds: rowIds.optional(),
  sources: z
    .array(z.enum(['EXECUTOR', 'CLIENT', 'IMPORT']))
    .min(1, 'must not be empty')
    .max(3)
    .optional(),
  /** All of them; without a value, the key with any. */
  tags: z
    .array(z.strictObject({ key: runKey, value: z.string().max(500).optional() }))
    .max(20, 'can be at most 20')
    .optional(),
});
export type LeaderboardFilter = z.infer<typeof leaderboardFilter>;

/** What decides between entries of the same value. */
const tieBreak = z.strictObject({ by: figure, direction: z.enum(RANK_DIRECTIONS).optional() });
export type TieBreak = z.infer<typeof tieBreak>;

/**
 * How a board ranks. An entry is a run, or all runs of a model config with a restoration, of which the latest stands on
 * the board, or the best: that is chosen by the very samples that it is ranked by, so its value is too good.
 */
export const leaderboardSpec = z
  .strictObject({
    name: displayName,
    description: prose.default(''),
    metric: metric.default('accuracy'),
    direction: z.enum(RANK_DIRECTIONS).optional(),
    tieBreaks: z.array(tieBreak).max(5, 'can be at most 5').default([]),
    filter: leaderboardFilter.default({}),
    entryPer: z.enum(['RUN', 'MODEL_CONFIG']).default('RUN'),
    pick: z.enum(['LATEST', 'BEST']).default('LATEST'),
    costs: z.array(cost).max(10, 'can be at most 10').default([]),
    visibility: z.enum(['PRIVATE', 'TEAM', 'PUBLIC']).default('TEAM'),
    excludeLeaks: z.boolean().default(false),
  })
  .refine(
    ({ metric: by, direction }) =>
      direction === undefined || direction === directionOf(by) || loggedKey(by) !== undefined,
    {
      message: 'is not the better end of this metric; only of a logged one it can be chosen',
      path: ['direction'],
    },
  )
  .refine((spec) => new Set(spec.costs).size === spec.costs.length, {
    message: 'must not name a cost twice',
    path: ['costs'],
  });
export type LeaderboardSpec = z.infer<typeof leaderboardSpec>;

/** Most entries of a board; of more runs the newest stand on it. */
export const LEADERBOARD_LIMIT = 10_000;
