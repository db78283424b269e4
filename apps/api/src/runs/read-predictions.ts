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
  /** Only what became so, from another run on the same samples to this one. */
  outcome?: { comparedTo: bigint; outcome: Outcome } | undefined;
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
 * A page of a run's predictions in sample order, with their samples and restored images, in one statement.
 * @param page sample indices, exclusive; `inverted` reads backwards from `before`
 */
export async function readPredictions(
  { pool }: Pick<Database, 'pool'>,
  run: RunOfPredictions,
  filter: PredictionFilter,
  page: { after?: number | undefined; before?: number | undefined; limit: number; inverted: boolean },
): Promise<PredictionOfSample[]> {
  const { where, values, join } = conditions(run, filter);
  const add = (value: unknown): string => `$${values.push(value)}`;
  if (page.after !== undefined) where.push(`p.sample_index > ${add(page.after)}`);
  if (page.before !== undefined) where.push(`p.sample_index < ${add(page.before)}`);
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
            ${steps.length === 0 ? 'NULL' : `r${steps.length - 1}.output_digest`} AS restored
       FROM prediction p JOIN sample s ON s.version_id = $2 AND s.index = p.sample_index
            LEFT JOIN prediction_text t ON t.run_id = $1 AND t.sample_index = p.sample_index ${join} ${joins.join(' ')}
      WHERE ${where.join(' AND ')}
      ORDER BY p.sample_index ${page.inverted ? 'DESC' : 'ASC'} LIMIT ${add(page.limit)}`,
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
  }));
}

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
