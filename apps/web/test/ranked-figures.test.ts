import { LABEL_METRICS, RUN_COSTS, SCORE_METRICS } from '@samplewise/domain';
import { expect, test } from 'vitest';
import { COSTS, METRICS } from '../src/leaderboards/metric.ts';

test('the page offers all that the API ranks by, and nothing else', () => {
  expect(METRICS).toEqual([...LABEL_METRICS, ...SCORE_METRICS]);
  expect(COSTS).toEqual(RUN_COSTS);
});
