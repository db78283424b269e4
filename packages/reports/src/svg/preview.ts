import type { LeaderboardRow } from '@samplewise/domain';
import { datasetText, intervalOf, standText } from '../format.ts';
import { ranksOf, valueOf, type Snapshot } from '../tables.ts';
import { round, scale } from './scale.ts';

/** A text as it is drawn without any font: what fits into a width, as the path of an SVG. */
export type DrawText = (
  text: string,
  at: { x: number; y: number; size: number; bold?: boolean; end?: boolean; most: number },
) => string;

/** Pixels, as previews of links want them. */
export const PREVIEW = { width: 1200, height: 630 } as const;
const SHOWN = 5;
const ROW = { from: 250, height: 66 };
const BAR = { from: 830, to: 1128 };
const INK = '#16191f';
const SOFT = '#5a6372';

/** The first entries of a board as a picture for previews of links (Open Graph); its texts are paths. */
export function leaderboardPreview({ document }: Snapshot, draw: DrawText): string {
  const { board, summary, rows } = document;
  const shown = rows.slice(0, SHOWN);
  const ends = shown.flatMap(({ value }) =>
    value.value === null ? [] : [value.value, ...Object.values(intervalOf(value) ?? {})],
  );
  const on = ends.length === 0 ? undefined : scale(ends, [BAR.from, BAR.to], { margin: 0.02 });
  const path = (d: string, fill: string): string => `<path fill="${fill}" d="${d}"/>`;
  const row = (one: LeaderboardRow, i: number): string => {
    const y = ROW.from + i * ROW.height;
    const interval = intervalOf(one.value);
    return [
      `<path stroke="#e3e6eb" d="M72 ${y}H1128"/>`,
      path(draw(ranksOf(one), { x: 72, y: y + 43, size: 28, bold: true, most: 110 }), INK),
      path(draw(one.name, { x: 190, y: y + 43, size: 28, most: 420 }), INK),
      path(draw(valueOf(board.metric, one), { x: 800, y: y + 43, size: 28, bold: true, end: true, most: 180 }), INK),
      on && interval
        ? `<rect fill="#c9dff7" x="${on.at(interval.low)}" y="${y + 27}" width="${round(Math.max(2, on.at(interval.high) - on.at(interval.low)))}" height="14" rx="7"/>`
        : '',
      on && one.value.value !== null
        ? `<rect fill="#0b62c4" x="${round(on.at(one.value.value) - 2)}" y="${y + 21}" width="4" height="26" rx="2"/>`
        : '',
    ].join('');
  };
  const about = `${datasetText(document)} · ${summary.samples} samples · ${summary.entries} entries`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${PREVIEW.width}" height="${PREVIEW.height}">` +
    `<rect width="100%" height="100%" fill="#ffffff"/><rect width="100%" height="10" fill="#3f53bd"/>` +
    path(draw(board.name, { x: 72, y: 118, size: 54, bold: true, most: 1056 }), INK) +
    path(draw(about, { x: 72, y: 168, size: 26, most: 1056 }), SOFT) +
    path(draw(`Samplewise, ${standText(document)}`, { x: 72, y: 208, size: 26, most: 1056 }), SOFT) +
    shown.map(row).join('') +
    '</svg>'
  );
}
