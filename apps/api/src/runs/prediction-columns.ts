import { InvalidInput, PREDICTION_STATUS, problem, type PredictionStatus, type Problem } from '@samplewise/domain';
import type { PredictionColumns } from '@samplewise/database';
import type { SampleSet } from './sample-sets.ts';

/** Predictions as a client gives them: element i of each column belongs to sample `sampleIndex[i]`. */
export interface PredictionInput {
  sampleIndex: Int32Array;
  /** Positions in `labels`, -1 for none; the class with the highest score unless given. */
  predicted?: Int32Array | undefined;
  /** Row-major, rows x labels. */
  scores?: Float32Array | undefined;
  /** The classes as the client orders them; the dataset version's order unless given. */
  labels?: readonly string[] | undefined;
  /** Of samples without a prediction; ABSTAINED unless given. */
  statuses?: readonly PredictionStatus[] | undefined;
  confidence?: Float32Array | undefined;
  latencyMicros?: Int32Array | undefined;
}

/** Problems that are told of one batch; a client that gets one thing wrong often gets it wrong everywhere. */
const TOLD_LIMIT = 20;
const SUM_TOLERANCE = 1e-3;

/** Collects what is wrong, and throws it at the end. */
class Problems {
  readonly #told: Problem[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  tell(place: string, message: string, value?: unknown, mend?: string, code: Problem['code'] = 'INVALID_VALUE'): void {
    if (this.#told.length >= this.#limit) return;
    this.#told.push(
      problem(code, message, { place: `input.${place}`, ...(value !== undefined && { value }), ...(mend && { mend }) }),
    );
  }

  throwIfAny(): void {
    const [first, ...more] = this.#told;
    if (first) throw new InvalidInput(first, ...more);
  }
}

/**
 * Predictions as they are stored, labels in the dataset version's order.
 * @param told most problems that are told
 * @throws InvalidInput naming columns, positions and values
 */
export function predictionColumns(input: PredictionInput, set: SampleSet, told = TOLD_LIMIT): PredictionColumns {
  const problems = new Problems(told);
  const order = labelOrder(input.labels, set.labels, problems);
  checkLengths(input, order.length, problems);
  problems.throwIfAny();
  checkSamples(input.sampleIndex, set.members, problems);

  const rows = input.sampleIndex.length;
  const columns: PredictionColumns = {
    sampleIndex: input.sampleIndex,
    predicted: new Int16Array(rows),
    status: new Uint8Array(rows),
    scores: input.scores ? reordered(input.scores, order, set.labels.length) : null,
    classes: set.labels.length,
    confidence: input.confidence ?? null,
    latencyMicros: input.latencyMicros ?? null,
  };
  for (let i = 0; i < rows; i++) {
    const given = input.predicted ? input.predicted[i]! : highest(input.scores!, i, order.length);
    const predicted = given === -1 ? -1 : order[given];
    const status = input.statuses?.[i] ?? (given === -1 ? 'ABSTAINED' : 'PREDICTED');
    if (predicted === undefined) {
      problems.tell(`predicted.${i}`, `There are ${order.length} classes.`, given, 'Give a position in labels, or -1.');
    } else if ((predicted === -1) === (status === 'PREDICTED')) {
      problems.tell(`statuses.${i}`, `The status is ${status}, and the prediction ${given}.`, status);
    }
    columns.predicted[i] = predicted ?? -1;
    columns.status[i] = PREDICTION_STATUS[status];
    if (given !== -1 && columns.scores) checkRow(columns.scores, i, columns.classes, problems);
  }
  if (input.confidence) checkConfidence(input.confidence, problems);
  problems.throwIfAny();
  return columns;
}

/** @returns the position in the version's labels of each of the client's */
function labelOrder(given: readonly string[] | undefined, known: readonly string[], problems: Problems): Int32Array {
  if (!given) return Int32Array.from(known.keys());
  const positions = new Map(known.map((label, i) => [label, i]));
  const seen = new Set<string>();
  given.forEach((label, i) => {
    if (!positions.has(label)) {
      problems.tell(
        `labels.${i}`,
        `The dataset version has no such class.`,
        label,
        `Its classes are ${known.join(', ')}.`,
        'UNKNOWN_LABEL',
      );
    } else if (seen.has(label)) problems.tell(`labels.${i}`, 'This class comes twice.', label);
    seen.add(label);
  });
  return Int32Array.from(given, (label) => positions.get(label) ?? -1);
}

function checkLengths(input: PredictionInput, classes: number, problems: Problems): void {
  const rows = input.sampleIndex.length;
  if (rows === 0) problems.tell('sampleIndex', 'There are no samples.');
  if (!input.predicted && !input.scores) {
    problems.tell('predicted', 'There are neither predictions nor scores.', undefined, 'Give one of them, or both.');
  }
  const expected = { predicted: rows, statuses: rows, confidence: rows, latencyMicros: rows, scores: rows * classes };
  for (const [name, length] of Object.entries(expected)) {
    const column = input[name as keyof typeof expected];
    if (column && column.length !== length) {
      problems.tell(name, `It has ${column.length} elements, expected ${length} for ${rows} samples.`, column.length);
    }
  }
}

function checkSamples(sampleIndex: Int32Array, members: Uint8Array, problems: Problems): void {
  const seen = new Uint8Array(members.length);
  sampleIndex.forEach((index, i) => {
    if (members[index] !== 1) {
      problems.tell(`sampleIndex.${i}`, 'The run is not about such a sample.', index, undefined, 'NOT_FOUND');
    } else if (seen[index] === 1) problems.tell(`sampleIndex.${i}`, 'This sample comes twice.', index);
    else seen[index] = 1;
  });
}

/** Scores in the order of the version's labels; a class that the client does not have has the score 0. */
function reordered(scores: Float32Array, order: Int32Array, classes: number): Float32Array {
  const given = order.length;
  if (given === classes && order.every((to, from) => to === from)) return scores;
  const rows = scores.length / given;
  const result = new Float32Array(rows * classes);
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < given; c++) result[i * classes + order[c]!] = scores[i * given + c]!;
  }
  return result;
}

function highest(scores: Float32Array, row: number, classes: number): number {
  let best = 0;
  for (let c = 1; c < classes; c++) if (scores[row * classes + c]! > scores[row * classes + best]!) best = c;
  return best;
}

function checkRow(scores: Float32Array, row: number, classes: number, problems: Problems): void {
  let sum = 0;
  for (let at = row * classes; at < (row + 1) * classes; at++) {
    const score = scores[at]!;
    if (!(score >= 0)) {
      problems.tell(`scores.${row}`, 'A score must be a number from 0 on.', String(score));
      return;
    }
    sum += score;
  }
  if (Math.abs(sum - 1) <= SUM_TOLERANCE) return;
  problems.tell(`scores.${row}`, 'The scores do not sum up to 1.', sum, 'Send probabilities (softmax), or no scores.');
}

function checkConfidence(confidence: Float32Array, problems: Problems): void {
  confidence.forEach((value, i) => {
    if (Number.isNaN(value) || (value >= 0 && value <= 1)) return;
    problems.tell(`confidence.${i}`, 'It must be a probability, or NaN where it is not known.', value);
  });
}
