import type { Figure } from '@samplewise/domain';
import type { Estimate } from '@samplewise/evaluation';

/** A stored figure as the API tells it; one that was logged has no method. */
export const estimateOf = (figure: Figure): Estimate =>
  figure.value === null ? figure : { ...figure, method: figure.method ?? 'none' };
