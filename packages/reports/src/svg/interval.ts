import type { Figure } from '@samplewise/domain';
import { intervalOf } from '../format.ts';
import { scale, type Scale } from './scale.ts';

const WIDTH = 200;
const HEIGHT = 22;

/** One scale for the bars of all rows. */
export function intervalScale(figures: readonly Figure[]): Scale | undefined {
  const ends = figures.flatMap((figure) =>
    figure.value === null ? [] : [figure.value, ...Object.values(intervalOf(figure) ?? {})],
  );
  return ends.length === 0 ? undefined : scale(ends, [4, WIDTH - 4], { margin: 0.03 });
}

/** A value on its interval, on the scale of all rows, with the leader's value as a line through them. */
export function intervalBar(figure: Figure, on: Scale, leader: number | null, description: string): string {
  if (figure.value === null) return '';
  const middle = HEIGHT / 2;
  const interval = intervalOf(figure);
  const bar = interval
    ? `<rect class="bar" x="${on.at(interval.low)}" y="${middle - 4}" width="${Math.max(1, on.at(interval.high) - on.at(interval.low)).toFixed(2)}" height="8" rx="4"/>`
    : '';
  const line = leader === null ? '' : `<path class="guide" d="M${on.at(leader)} 0V${HEIGHT}"/>`;
  return (
    `<svg class="interval" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${description}" preserveAspectRatio="none">` +
    `${line}${bar}<rect class="value" x="${(on.at(figure.value) - 1.5).toFixed(2)}" y="${middle - 7}" width="3" height="14" rx="1"/></svg>`
  );
}
