import { PREDICTION_STATUS } from '@samplewise/domain';
import type { PredictionColumns, PredictionTextRow } from '@samplewise/database';
import type { Answer } from '../models/model.ts';
import { argmax, reorderScores } from './label-order.ts';
import type { Shard } from './load-shard.ts';
import type { PredictedShard } from './predict-images.ts';

/**
 * A shard's predictions as they are stored.
 * @param order for each of the dataset's labels its position among the model's
 */
export function toColumns(shard: Shard, predicted: PredictedShard, order: Int32Array): PredictionColumns {
  const rows = predicted.answers
    ? answered(predicted.answers, order)
    : scored(reorderScores(predicted.scores ?? new Float32Array(0), order), predicted.failures, order.length);
  return {
    ...rows,
    sampleIndex: Int32Array.from(shard.samples, (sample) => sample.index),
    classes: shard.labels.length,
    latencyMicros: predicted.latencyMicros,
  };
}

type Rows = Pick<PredictionColumns, 'predicted' | 'status' | 'scores' | 'confidence'>;

function scored(scores: Float32Array, failures: readonly (string | null)[], classes: number): Rows {
  return {
    scores,
    predicted: Int16Array.from(failures, (failure, i) => (failure === null ? argmax(scores, i, classes) : -1)),
    status: Uint8Array.from(failures, (failure) =>
      failure === null ? PREDICTION_STATUS.PREDICTED : PREDICTION_STATUS.FAILED,
    ),
  };
}

function answered(answers: readonly (Answer | null)[], order: Int32Array): Rows {
  const labelOf = (answer: Answer | null): number => (answer ? order.indexOf(answer.label) : -1);
  const statusOf = (answer: Answer | null): number => {
    if (answer?.failure !== null) return PREDICTION_STATUS.FAILED;
    return answer.label < 0 ? PREDICTION_STATUS.UNPARSEABLE : PREDICTION_STATUS.PREDICTED;
  };
  return {
    scores: null,
    confidence: Float32Array.from(answers, (answer) => answer?.confidence ?? NaN),
    predicted: Int16Array.from(answers, labelOf),
    status: Uint8Array.from(answers, statusOf),
  };
}

/** What a language model wrote, for each sample that it was asked about; null for models of other kinds. */
export function toTexts({ samples }: Shard, { answers }: PredictedShard): PredictionTextRow[] | null {
  if (!answers) return null;
  return answers.flatMap((answer, i) =>
    answer && answer.requests > 0 ? [{ sampleIndex: samples[i]!.index, ...answer }] : [],
  );
}
