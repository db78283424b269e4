import { IMAGE_STATE, type Database } from '@samplewise/database';
import { STATISTICS, type Statistic } from './search/query.ts';
import { versionSamples } from './version-samples.ts';

/** How a figure is distributed over a version's images. */
export interface Distribution {
  statistic: Uppercase<Statistic>;
  /** Images of which it is known. */
  count: number;
  /** null where there are none. */
  min: number | null;
  max: number | null;
  /** Images in bins of one width, from the smallest value to the largest. */
  histogram: number[];
}

/** Of all that is measured. @param bins from 1 on */
export async function imageStatistics(
  database: Pick<Database, 'pool'>,
  versionId: bigint,
  bins: number,
): Promise<Distribution[]> {
  const samples = await versionSamples(database, versionId);
  return STATISTICS.map((name): Distribution => {
    const column = samples[name].filter(
      (value: number, i: number) => samples.state[i] === IMAGE_STATE.MEASURED && !Number.isNaN(value),
    );
    let [min, max] = [Infinity, -Infinity];
    for (const value of column) {
      if (value < min) min = value;
      if (value > max) max = value;
    }
    const histogram = new Array<number>(bins).fill(0);
    for (const value of column) {
      const place = max === min ? 0 : Math.floor((bins * (value - min)) / (max - min));
      histogram[Math.min(bins - 1, place)]!++;
    }
    const known = column.length > 0;
    return {
      statistic: name.toUpperCase() as Uppercase<Statistic>,
      count: column.length,
      min: known ? min : null,
      max: known ? max : null,
      histogram,
    };
  });
}
