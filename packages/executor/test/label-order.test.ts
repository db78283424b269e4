import { InvalidInput } from '@samplewise/domain';
import { describe, expect, it } from 'vitest';
import { argmax, labelOrder, reorderScores } from '../src/shards/label-order.ts';

describe("scores in the dataset's order", () => {
  it('follow the names of the labels, not their positions', () => {
    const order = labelOrder(['neutral', 'happy', 'sad'], ['happy', 'sad', 'neutral']);
    const scores = reorderScores(Float32Array.of(0.1, 0.7, 0.2, 0.6, 0.1, 0.3), order);
    expect([...scores]).toEqual([...Float32Array.of(0.7, 0.2, 0.1, 0.1, 0.3, 0.6)]);
    expect(argmax(scores, 1, 3)).toBe(2);
  });

  it('are refused when the classes differ, naming those that are missing and those that are too many', () => {
    const attempt = () => labelOrder(['happy', 'contempt'], ['happy', 'sad']);
    expect(attempt).toThrow(InvalidInput);
    expect(attempt).toThrow(/does not know sad.*does not have contempt/);
  });
});
