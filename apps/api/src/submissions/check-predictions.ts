import { InvalidInput, problem, SCORE_METRICS, type Problem } from '@samplewise/domain';
import type { PredictionColumns } from '@samplewise/database';
import { predictionColumns, type PredictionInput } from '../runs/prediction-columns.ts';
import { byRows, REPORT_LIMIT } from '../runs/prediction-file.ts';
import type { SampleSet } from '../runs/sample-sets.ts';

/** What a board wants of a submission. */
export interface Wanted extends SampleSet {
  /** What it ranks by: some figures need scores. */
  metric: string;
}

/**
 * A submission's predictions as they are stored: of each sample one, in the order of the samples. One that is in another
 * order was likely put together wrongly, and is not guessed at.
 * @param from whether places are rows of a file, or positions in columns
 * @throws InvalidInput with all that is wrong, at most 1,000 problems
 */
export function submittedPredictions(
  input: PredictionInput,
  wanted: Wanted,
  from: 'file' | 'columns',
): PredictionColumns {
  const problems: Problem[] = [];
  let columns: PredictionColumns | undefined;
  try {
    columns = predictionColumns(input, wanted, REPORT_LIMIT);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    problems.push(...(from === 'file' ? byRows(error) : error).problems);
  }
  const place = (i: number): string => (from === 'file' ? `row ${i + 1}, sampleIndex` : `input.sampleIndex.${i}`);
  problems.push(...outOfOrder(input.sampleIndex, place), ...missing(input.sampleIndex, wanted.members));
  if ((SCORE_METRICS as readonly string[]).includes(wanted.metric) && !input.scores) {
    problems.push(
      problem('INVALID_VALUE', `The leaderboard ranks by ${wanted.metric}, which is made of class scores.`, {
        place: from === 'file' ? 'file' : 'input.scores',
        mend: 'Send scores: probabilities of all classes.',
      }),
    );
  }
  const [first, ...more] = problems.slice(0, REPORT_LIMIT);
  if (first) throw new InvalidInput(first, ...more);
  return columns!;
}

function outOfOrder(sampleIndex: Int32Array, place: (i: number) => string): Problem[] {
  const problems: Problem[] = [];
  for (let i = 1; i < sampleIndex.length && problems.length < REPORT_LIMIT; i++) {
    if (sampleIndex[i]! >= sampleIndex[i - 1]!) continue;
    problems.push(
      problem('INVALID_VALUE', `The sample comes after sample ${sampleIndex[i - 1]!}: the order is another one.`, {
        place: place(i),
        value: sampleIndex[i],
        mend: 'Send samples in the order of their index, each with its own prediction.',
      }),
    );
  }
  return problems;
}

function missing(sampleIndex: Int32Array, members: Uint8Array): Problem[] {
  const there = new Uint8Array(members.length);
  for (const index of sampleIndex) if (index >= 0 && index < there.length) there[index] = 1;
  const problems: Problem[] = [];
  let count = 0;
  members.forEach((isMember, index) => {
    if (isMember === 0 || there[index] === 1) return;
    count++;
    if (problems.length >= REPORT_LIMIT) return;
    problems.push(
      problem('NOT_FOUND', 'The sample has no row.', {
        place: `sample ${index}`,
        value: index,
        mend: 'Send a row for each sample; leave the prediction empty to abstain, which counts as wrong.',
      }),
    );
  });
  const [first] = problems;
  if (first && count > 1) first.message = `The sample has no row; ${count} samples have none.`;
  return problems;
}
