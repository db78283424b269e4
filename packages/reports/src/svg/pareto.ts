import type { Figure } from '@samplewise/domain';
import { xml } from '../escape.ts';
import { costText, figureName, intervalOf, metricText } from '../format.ts';
import { round, scale, type Scale } from './scale.ts';

const WIDTH = 640;
const HEIGHT = 360;
const PLOT = { left: 64, right: WIDTH - 16, top: 16, bottom: HEIGHT - 48 };
/** Names beside points; more of them cover each other. */
const NAMED = 12;
const NAME_LENGTH = 28;

/** Something with a quality and a cost; null where it has not told. */
export interface Priced {
  readonly name: string;
  readonly value: Figure;
  readonly cost: number | null;
  /** Whether none beats it in both. */
  readonly front: boolean;
}

interface Point {
  priced: Priced;
  quality: number;
  cost: number;
  front: boolean;
}

/**
 * Quality against a cost, with the front of entries that none beats in both.
 * @returns undefined where fewer than two entries have told the cost
 */
export function paretoPlot(all: readonly Priced[], metric: string, cost: string): string | undefined {
  const points = all.flatMap((priced): Point[] => {
    if (priced.value.value === null || priced.cost === null) return [];
    return [{ priced, quality: priced.value.value, cost: priced.cost, front: priced.front }];
  });
  if (points.length < 2) return undefined;
  const x = scale(
    points.map((point) => point.cost),
    [PLOT.left, PLOT.right],
    { log: true },
  );
  const y = scale(
    points.flatMap(({ priced, quality }) => [quality, ...Object.values(intervalOf(priced.value) ?? {})]),
    [PLOT.bottom, PLOT.top],
  );
  const front = points.filter((point) => point.front).sort((a, b) => a.cost - b.cost);
  const label = `${figureName(metric)} against ${figureName(cost)}. On the front: ${front.map(({ priced }) => priced.name).join(', ')}.`;
  return (
    `<svg class="pareto" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${xml(label)}">` +
    axes(x, y, metric, cost) +
    `<path class="front" d="${frontPath(front, x, y)}"/>` +
    points.map((point) => mark(point, x, y, metric, cost)).join('') +
    names(front, x, y) +
    '</svg>'
  );
}

function axes(x: Scale, y: Scale, metric: string, cost: string): string {
  const vertical = y.ticks.map(
    (tick) =>
      `<path class="grid" d="M${PLOT.left} ${y.at(tick)}H${PLOT.right}"/>` +
      `<text class="tick" x="${PLOT.left - 8}" y="${y.at(tick) + 4}" text-anchor="end">${xml(shortMetric(metric, tick))}</text>`,
  );
  const horizontal = x.ticks.map(
    (tick) =>
      `<path class="grid" d="M${x.at(tick)} ${PLOT.top}V${PLOT.bottom}"/>` +
      `<text class="tick" x="${x.at(tick)}" y="${PLOT.bottom + 18}" text-anchor="middle">${xml(shortCost(cost, tick))}</text>`,
  );
  const how = x.logarithmic ? ', logarithmic' : '';
  return (
    [...vertical, ...horizontal].join('') +
    `<text class="axis" x="${PLOT.right}" y="${HEIGHT - 8}" text-anchor="end">${xml(figureName(cost))}${how} →</text>` +
    `<text class="axis" x="${PLOT.left}" y="${HEIGHT - 8}">↑ ${xml(figureName(metric))}</text>`
  );
}

/** Ticks are round, so that zeros at the end say nothing. */
const shortMetric = (metric: string, value: number): string =>
  metricText(metric, value)
    .replace(/(\.\d*?)0+(?=\D|$)/, '$1')
    .replace(/\.(?=\D|$)/, '');
const shortCost = (cost: string, value: number): string => costText(cost, value).replace(/\.0+$|(\.\d*?)0+$/, '$1');

/** What can be had for a cost: flat until the next point of the front. */
function frontPath(front: readonly Point[], x: Scale, y: Scale): string {
  return front
    .map(({ cost, quality }, i) => (i === 0 ? `M${x.at(cost)} ${y.at(quality)}` : `H${x.at(cost)}V${y.at(quality)}`))
    .join('');
}

function mark({ priced, quality, cost, front }: Point, x: Scale, y: Scale, metric: string, name: string): string {
  const interval = intervalOf(priced.value);
  const whisker = interval ? `<path d="M${x.at(cost)} ${y.at(interval.low)}V${y.at(interval.high)}"/>` : '';
  const title = `${priced.name}: ${metricText(metric, quality)}, ${figureName(name)} ${costText(name, cost)}`;
  return (
    `<g class="${front ? 'point best' : 'point'}"><title>${xml(title)}</title>${whisker}` +
    `<circle cx="${x.at(cost)}" cy="${y.at(quality)}" r="${front ? 5 : 4}"/></g>`
  );
}

/** Names of the front's points, each where it covers no other. */
function names(front: readonly Point[], x: Scale, y: Scale): string {
  const taken: { left: number; right: number; y: number }[] = [];
  return front
    .slice(0, NAMED)
    .map(({ priced: { name }, cost, quality }) => {
      const text = name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH - 1)}…` : name;
      const width = text.length * 6.6;
      const end = x.at(cost) + 10 + width > PLOT.right;
      const left = end ? x.at(cost) - 10 - width : x.at(cost) + 10;
      const places = [-8, 16, -22, 30, -36, 44].map((offset) => y.at(quality) + offset);
      const free = places.find(
        (at) =>
          at > PLOT.top + 8 &&
          at < PLOT.bottom - 4 &&
          !taken.some((other) => Math.abs(other.y - at) < 14 && other.left < left + width && left < other.right),
      );
      if (free === undefined) return '';
      taken.push({ left, right: left + width, y: free });
      const anchor = end ? ` text-anchor="end"` : '';
      return `<text class="name" x="${round(end ? x.at(cost) - 10 : left)}" y="${round(free)}"${anchor}>${xml(text)}</text>`;
    })
    .join('');
}
