import { decodeScores, predictionStatusFromCode, type Digest, type PredictionStatus } from '@samplewise/domain';
import type { Database, Sample } from '@samplewise/database';
import { stepDigests } from './restored-image.ts';

export interface PredictionFilter {
  /** Positions in the labels. */
  truth?: number | undefined;
  predicted?: number | undefined;
  correct?: boolean | undefined;
  /** Only those without a predicted label. */
  none?: boolean | undefined;
  /** Of the predicted label, both inclusive; one that is not known is outside. */
  confidence?: { min?: number | undefined; max?: number | undefined } | undefined;
  /** Only what became so, from another run on the same samples to this one. */
  outcome?: { comparedTo: bigint; outcome: Outcome } | undefined;
}

export interface PredictionOrder {
  by: 'SAMPLE' | 'CONFIDENCE' | 'LOSS';
  descending: boolean;
}

/** Of a prediction in an order; those of one key are in the order of their samples. */
export interface PredictionPlace {
  key: number;
  index: number;
}

/** A sample without a prediction is wrong. */
export const OUTCOMES = {
  BOTH_RIGHT: [true, true],
  FIXED: [false, true],
  BROKEN: [true, false],
  BOTH_WRONG: [false, false],
} as const satisfies Record<string, readonly [before: boolean, here: boolean]>;
export type Outcome = keyof typeof OUTCOMES;

export interface PredictionOfSample {
  runId: bigint;
  sample: Sample;
  status: PredictionStatus;
  /** Position in the labels. */
  predicted: number | null;
  confidence: number | null;
  scores: Float32Array | null;
  latencyMicros: number | null;
  restored: Digest | null;
  /** What a language model wrote, and took for it; null for models of other kinds. */
  answer: ModelAnswer | null;
  labels: readonly string[];
  /** Of the run's restoration config; null: none. */
  steps: unknown;
  /** Where it stands in the order that was asked for. */
  place: PredictionPlace;
  /** What the run says that it is compared to, where there is one and it says something. */
  before: { predicted: number; confidence: number | null } | null;
}

export interface ModelAnswer {
  text: string | null;
  promptTokens: number | null;
  completionTokens: number | null;
  requests: number;
}

/** What of a run is needed to read its predictions. */
export interface RunOfPredictions {
  id: bigint;
  datasetVersionId: bigint;
  labels: readonly string[];
  /** The restoration config's JSON; null: none. */
  steps: unknown;
}

/** A row of `prediction` with that of `prediction_text`. */
export interface AnswerRow {
  predicted: number | null;
  confidence: number | null;
  scores: Buffer | null;
  latency_micros: number | null;
  status: number;
  text: string | null;
  prompt_tokens: number | null;
  completion_tokens: number | null;
  requests: number | null;
}

/** Its columns, of `p` and `t`. */
export const ANSWER_COLUMNS = `p.predicted, p.confidence, p.scores, p.latency_micros, p.status,
            t.text, t.prompt_tokens, t.completion_tokens, t.requests`;

interface Row extends AnswerRow {
  sample_index: number;
  split: Sample['split'];
  label: number;
  digest: string;
  source: string;
  restored: string | null;
  before_predicted: number | null;
  before_confidence: number | null;
  order_key: number;
}

/** What a row says. */
export function answerOf(
  row: AnswerRow,
): Pick<PredictionOfSample, 'status' | 'predicted' | 'confidence' | 'scores' | 'latencyMicros' | 'answer'> {
  return {
    status: predictionStatusFromCode(row.status),
    predicted: row.predicted,
    confidence: row.confidence,
    scores: row.scores && decodeScores(row.scores),
    latencyMicros: row.latency_micros,
    answer:
      row.requests === null
        ? null
        : {
            text: row.text,
            promptTokens: row.prompt_tokens,
            completionTokens: row.completion_tokens,
            requests: row.requests,
          },
  };
}

/**
 * A page of a run's predictions, with their samples and restored images, in one statement.
 * @param page places, exclusive; `inverted` reads backwards from `before`
 */
export async function readPredictions(
  { pool }: Pick<Database, 'pool'>,
  run: RunOfPredictions,
  filter: PredictionFilter,
  order: PredictionOrder,
  page: { after?: PredictionPlace | undefined; before?: PredictionPlace | undefined; limit: number; inverted: boolean },
): Promise<PredictionOfSample[]> {
  const { where, values, join } = conditions(run, filter);
  const add = (value: unknown): string => `$${values.push(value)}`;
  const key = orderKey(order);
  // The primary key's order has no key of its own, so that its index is read.
  const backwards = key === null && order.descending;
  const beyond = (later: boolean, { key: at, index }: PredictionPlace): string => {
    const sign = later === backwards ? '<' : '>';
    if (key === null) return `p.sample_index ${sign} ${add(index)}`;
    return `(${key}, p.sample_index) ${sign} (${add(at)}::float8, ${add(index)}::int)`;
  };
  if (page.after !== undefined) where.push(beyond(true, page.after));
  if (page.before !== undefined) where.push(beyond(false, page.before));
  const direction = page.inverted === backwards ? 'ASC' : 'DESC';
  // Each step's output is the next step's input.
  const steps = stepDigests(run.steps ?? []);
  const joins = steps.map((step, i) => {
    const input = i === 0 ? 's.digest' : `r${i - 1}.output_digest`;
    return `LEFT JOIN restored_image r${i} ON r${i}.input_digest = ${input} AND r${i}.step_digest = ${add(step)}`;
  });
  const { rows } = await pool.query<Row>(
    `SELECT p.sample_index, ${ANSWER_COLUMNS},
            s.split, s.label, s.digest, s.source, ${filter.outcome ? 'q.predicted' : 'NULL::int'} AS before_predicted,
            ${filter.outcome ? 'q.confidence' : 'NULL::real'} AS before_confidence,
            ${steps.length === 0 ? 'NULL' : `r${steps.length - 1}.output_digest`} AS restored, ${key ?? '0::float8'} AS order_key
       FROM prediction p JOIN sample s ON s.version_id = $2 AND s.index = p.sample_index
            LEFT JOIN prediction_text t ON t.run_id = $1 AND t.sample_index = p.sample_index ${join} ${joins.join(' ')}
      WHERE ${where.join(' AND ')}
      ORDER BY ${key === null ? '' : `${key} ${direction}, `}p.sample_index ${direction} LIMIT ${add(page.limit)}`,
    values,
  );
  return rows.map((row) => ({
    runId: run.id,
    sample: {
      versionId: run.datasetVersionId,
      index: row.sample_index,
      split: row.split,
      label: row.label,
      digest: row.digest,
      source: row.source,
    },
    ...answerOf(row),
    restored: row.restored,
    labels: run.labels,
    before:
      row.before_predicted === null ? null : { predicted: row.before_predicted, confidence: row.before_confidence },
    steps: run.steps,
    place: { key: row.order_key, index: row.sample_index },
  }));
}

/** What a page is sorted by before the samples, from the least on; what is not known comes last. */
function orderKey({ by, descending }: PredictionOrder): string | null {
  if (by === 'SAMPLE') return null;
  // The loss grows as the score of the true class falls.
  const [value, falling] = by === 'CONFIDENCE' ? ['p.confidence::float8', descending] : [SCORE_OF_TRUTH, !descending];
  return `coalesce(${falling ? '-' : ''}${value}, 'Infinity'::float8)`;
}

/**
 * Scores are little-endian float32, which Postgres does not read. From 0 on, their bits are in the order of their values,
 * and that is all that an order needs.
 */
const SCORE_OF_TRUTH = `(${[3, 2, 1, 0].map((at) => `get_byte(p.scores, 4 * s.label + ${at})::float8 * ${256 ** at}`).join(' + ')})`;

export async function countPredictions(
  { pool }: Pick<Database, 'pool'>,
  run: RunOfPredictions,
  filter: PredictionFilter,
): Promise<number> {
  const { where, values, join } = conditions(run, filter);
  const { rows } = await pool.query<{ count: bigint }>(
    `SELECT count(*) AS count FROM prediction p JOIN sample s ON s.version_id = $2 AND s.index = p.sample_index ${join}
      WHERE ${where.join(' AND ')}`,
    values,
  );
  return Number(rows[0]!.count);
}

function conditions(run: RunOfPredictions, filter: PredictionFilter) {
  const values: unknown[] = [run.id, run.datasetVersionId];
  const where = ['p.run_id = $1'];
  const add = (value: unknown): string => `$${values.push(value)}`;
  if (filter.truth !== undefined) where.push(`s.label = ${add(filter.truth)}`);
  if (filter.predicted !== undefined) where.push(`p.predicted = ${add(filter.predicted)}`);
  // A sample without a prediction is not correct, hence IS DISTINCT FROM.
  if (filter.correct === true) where.push('p.predicted = s.label');
  if (filter.correct === false) where.push('p.predicted IS DISTINCT FROM s.label');
  if (filter.none !== undefined) where.push(`p.predicted IS ${filter.none ? '' : 'NOT '}NULL`);
  const { min, max } = filter.confidence ?? {};
  if (min !== undefined) where.push(`p.confidence >= ${add(min)}::real`);
  if (max !== undefined) where.push(`p.confidence <= ${add(max)}::real`);
  if (!filter.outcome) return { where, values, join: '' };
  const { comparedTo, outcome } = filter.outcome;
  const [before, here] = OUTCOMES[outcome].map((right) => (right ? '=' : 'IS DISTINCT FROM'));
  where.push(`q.predicted ${before} s.label`, `p.predicted ${here} s.label`);
  return {
    where,
    values,
    join: `LEFT JOIN prediction q ON q.run_id = ${add(comparedTo)} AND q.sample_index = p.sample_index`,
  };
}
