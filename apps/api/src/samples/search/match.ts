import { IMAGE_STATE } from '@samplewise/database';
import { SPLITS } from '@samplewise/domain';
import { BLANK_CONTRAST } from '@samplewise/evaluation';
import { classPositions } from '../../comparison/class-positions.ts';
import { refusal } from '../../comparison/comparable-runs.ts';
import type { RunAnswers } from '../run-answers.ts';
import type { VersionSamples } from '../version-samples.ts';
import { STATISTICS, type Agreement, type Range, type RunCondition, type SampleFilter } from './query.ts';
import type { RunOfQuery } from './runs-of-query.ts';

/** Whether something holds of the sample with an index. */
export type Condition = (index: number) => boolean;

/** Runs with their answers, in the order of the filter. */
export type Answering = readonly (RunOfQuery & RunAnswers)[];

/**
 * What a filter asks of a sample, each part by itself.
 * @throws InvalidInput naming the place of a class that there is not, or of a range that holds nothing
 */
export function conditionsOf(samples: VersionSamples, filter: SampleFilter, runs: Answering): Condition[] {
  const { splits, labels, blank, unreadable, leakedFrom } = filter;
  const conditions: Condition[] = [];
  if (splits) {
    const wanted = new Set(splits.map((split) => SPLITS.indexOf(split)));
    conditions.push((i) => wanted.has(samples.split[i]!));
  }
  if (labels) {
    const wanted = classPositions(labels, 'filter.labels', samples.labels);
    conditions.push((i) => wanted.has(samples.truth[i]!));
  }
  for (const name of STATISTICS) {
    const range = filter[name];
    if (!range) continue;
    const inside = within(range, `filter.${name}`);
    const column = samples[name];
    conditions.push((i) => samples.state[i] === IMAGE_STATE.MEASURED && inside(column[i]!));
  }
  if (blank !== undefined) conditions.push((i) => samples.contrast[i]! < BLANK_CONTRAST === blank);
  if (unreadable !== undefined) conditions.push((i) => (samples.state[i] === IMAGE_STATE.UNREADABLE) === unreadable);
  if (leakedFrom) {
    const bits = leakedFrom.reduce((all, split) => all | (1 << SPLITS.indexOf(split)), 0);
    conditions.push((i) => (samples.leakedFrom[i]! & bits) !== 0);
  }
  return [...conditions, ...ofRuns(samples, filter, runs)];
}

function ofRuns(samples: VersionSamples, { runs = [], agreement = [] }: SampleFilter, answers: Answering): Condition[] {
  const conditions: Condition[] = [];
  // Samples that a run is not about are neither right nor wrong.
  for (const split of new Set(answers.map((run) => run.split))) {
    if (split >= 0) conditions.push((i) => samples.split[i] === split);
  }
  runs.forEach((condition, r) => conditions.push(...ofRun(samples, condition, answers[r]!, `filter.runs.${r}`)));
  if (agreement.length > 0 && answers.length === 0) {
    throw refusal(
      'INVALID_VALUE',
      'filter.agreement',
      'There are no runs that could agree.',
      undefined,
      'Name them in filter.runs.',
    );
  }
  conditions.push(...agreement.map((kind) => agreeing(samples, kind, answers)));
  return conditions;
}

function ofRun(
  samples: VersionSamples,
  { predicted: classes, correct, answered, confidence: range }: RunCondition,
  { predicted, confidence }: RunAnswers,
  place: string,
): Condition[] {
  const conditions: Condition[] = [];
  if (classes) {
    const wanted = classPositions(classes, `${place}.predicted`, samples.labels);
    conditions.push((i) => wanted.has(predicted[i]!));
  }
  if (correct !== undefined) conditions.push((i) => (predicted[i] === samples.truth[i]) === correct);
  if (answered !== undefined) conditions.push((i) => predicted[i]! >= 0 === answered);
  if (range) {
    const inside = within(range, `${place}.confidence`);
    conditions.push((i) => inside(confidence[i]!));
  }
  return conditions;
}

function agreeing({ truth }: VersionSamples, kind: Agreement, runs: Answering): Condition {
  const columns = runs.map(({ predicted }) => predicted);
  const [first] = columns;
  switch (kind) {
    case 'ALL_RIGHT':
      return (i) => columns.every((column) => column[i] === truth[i]);
    case 'ALL_WRONG':
      return (i) => columns.every((column) => column[i] !== truth[i]);
    case 'SOME_RIGHT':
      return (i) =>
        columns.some((column) => column[i] === truth[i]) && columns.some((column) => column[i] !== truth[i]);
    case 'SAME_ANSWER':
      return (i) => columns.every((column) => column[i] === first![i]);
    case 'OTHER_ANSWERS':
      return (i) => columns.some((column) => column[i] !== first![i]);
  }
}

function within({ min = -Infinity, max = Infinity }: Range, place: string): (value: number) => boolean {
  if (min > max)
    throw refusal('INVALID_VALUE', place, 'The range holds nothing: it ends before it begins.', `${min} to ${max}`);
  return (value) => value >= min && value <= max;
}
