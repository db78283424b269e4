import { xml } from '../escape.ts';
import { metricText } from '../format.ts';
import type { Snapshot } from '../tables.ts';

const HEIGHT = 20;
const PADDING = 7;
const LENGTH = 32;

/** The board and its first entry, or how many share the first rank, as a badge for a README. */
export function leaderboardBadge({ document: { board, rows } }: Snapshot): string {
  const first = rows.filter(({ ranks, rank }) => (ranks?.low ?? rank) === 1);
  const leader = rows[0];
  const value = leader?.value.value == null ? '' : ` ${metricText(board.metric, leader.value.value)}`;
  const tied = first.length > 1 ? ` (1 of ${first.length} in front)` : '';
  const [left, right] = [short(board.name), leader ? `${short(leader.name)}${value}${tied}` : 'no entries'];
  const [a, b] = [widthOf(left), widthOf(right)];
  const width = a + b;
  const text = (at: number, wide: number, content: string): string =>
    `<text x="${at + wide / 2}" y="14" textLength="${wide - 2 * PADDING}" lengthAdjust="spacingAndGlyphs">${xml(content)}</text>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" role="img" aria-label="${xml(`${left}: ${right}`)}">` +
    `<title>${xml(`${left}: ${right}`)}</title>` +
    `<clipPath id="r"><rect width="${width}" height="${HEIGHT}" rx="3"/></clipPath>` +
    `<g clip-path="url(#r)"><rect width="${a}" height="${HEIGHT}" fill="#3b4252"/><rect x="${a}" width="${b}" height="${HEIGHT}" fill="#0b6bcb"/></g>` +
    `<g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">${text(0, a, left)}${text(a, b, right)}</g></svg>`
  );
}

const short = (text: string): string => {
  const characters = Array.from(new Intl.Segmenter('en').segment(text), ({ segment }) => segment);
  return characters.length > LENGTH ? `${characters.slice(0, LENGTH - 1).join('')}…` : text;
};

/** About what Verdana of 11 pixels needs; `textLength` makes it so in any font. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/[ilj.,:;|!'()[\]\s]/.test(character)) width += 4.2;
    else if (/[mwMW%@]/.test(character)) width += 10;
    else width += character.codePointAt(0)! > 0x2e7f ? 12 : 7;
  }
  return Math.ceil(width) + 2 * PADDING;
}
