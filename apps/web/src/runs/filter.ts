import { z } from 'zod';
import type { RunPredictionsQueryVariables } from '@/generated/graphql';

/** Which predictions the gallery shows; it lives in the page's address, so that a cell of the matrix is a link. */
export interface Filter {
  truth?: string;
  predicted?: string;
  correct?: boolean;
  none?: boolean;
  /** Of the score of the predicted class, 0 to 1. */
  min?: number;
  max?: number;
  sort?: Sort;
}

/** Orders beside that of the samples. */
export const SORTS = {
  sure: { label: 'Most confident first', field: 'CONFIDENCE', direction: 'DESC' },
  unsure: { label: 'Least confident first', field: 'CONFIDENCE', direction: 'ASC' },
  worst: { label: 'Largest loss first', field: 'LOSS', direction: 'DESC' },
  best: { label: 'Smallest loss first', field: 'LOSS', direction: 'ASC' },
} as const;
export type Sort = keyof typeof SORTS;

const share = z.coerce.number().min(0).max(1);
const sort = z.enum(Object.keys(SORTS) as [Sort]);

export function readFilter(params: URLSearchParams): Filter {
  const filter: Filter = {};
  const truth = params.get('truth');
  const predicted = params.get('predicted');
  const only = params.get('only');
  if (truth !== null) filter.truth = truth;
  if (predicted !== null) filter.predicted = predicted;
  if (only === 'right') filter.correct = true;
  if (only === 'wrong') filter.correct = false;
  if (only === 'none') filter.none = true;
  for (const end of ['min', 'max'] as const) {
    const { data } = share.safeParse(params.get(end) ?? undefined);
    if (data !== undefined) filter[end] = data;
  }
  const { data } = sort.safeParse(params.get('sort'));
  if (data) filter.sort = data;
  return filter;
}

/** What of an address can be shown: a class that the dataset does not have fits nothing, and must not break the page. */
export function fitting(filter: Filter, labels: readonly string[]): Filter {
  const { truth, predicted, ...rest } = filter;
  return {
    ...rest,
    ...(truth !== undefined && labels.includes(truth) && { truth }),
    ...(predicted !== undefined && labels.includes(predicted) && { predicted }),
  };
}

export function writeFilter({ truth, predicted, correct, none, min, max, sort }: Filter): string {
  const params = new URLSearchParams();
  if (truth !== undefined) params.set('truth', truth);
  if (predicted !== undefined) params.set('predicted', predicted);
  if (correct !== undefined) params.set('only', correct ? 'right' : 'wrong');
  if (none === true) params.set('only', 'none');
  if (min !== undefined) params.set('min', String(min));
  if (max !== undefined) params.set('max', String(max));
  if (sort !== undefined) params.set('sort', sort);
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** As the API wants it. */
export function variablesOf({
  min,
  max,
  sort,
  ...filter
}: Filter): Omit<RunPredictionsQueryVariables, 'id' | 'first' | 'after'> {
  return {
    ...filter,
    ...((min !== undefined || max !== undefined) && { confidence: { min, max } }),
    ...(sort && { orderBy: { field: SORTS[sort].field, direction: SORTS[sort].direction } }),
  };
}

/** Whether some samples are left out. */
export const narrows = (filter: Filter): boolean => Object.keys(filter).some((key) => key !== 'sort');

/** 'angry predicted as fear', for headings. */
export function describeFilter({ truth, predicted, correct, none, min, max }: Filter): string {
  const parts = [truth, predicted === undefined ? undefined : `predicted as ${predicted}`];
  if (correct !== undefined) parts.push(correct ? 'right' : 'wrong');
  if (none) parts.splice(1, Infinity, truth === undefined ? 'without a prediction' : ', without a prediction');
  const sure = [min === undefined ? '' : `from ${hundredths(min)}`, max === undefined ? '' : `to ${hundredths(max)}`];
  if (min !== undefined || max !== undefined) parts.push(`sure ${sure.filter(Boolean).join(' ')} %`);
  const told = parts.filter((part) => part !== undefined).join(' ');
  return told === '' ? 'all' : told.replaceAll(' ,', ',');
}

const hundredths = (value: number): string => String(Math.round(value * 1000) / 10);
