import { xml } from '../escape.ts';
import { round } from './scale.ts';

/** What is drawn: packages/evaluation's CriticalDifference with names. */
export interface RankDiagram {
  readonly criticalDifference: number;
  /** The best first. */
  readonly models: readonly { readonly name: string; readonly averageRank: number }[];
  /** Positions among the models, both included. */
  readonly bars: readonly { readonly first: number; readonly last: number }[];
}

const WIDTH = 760;
const SIDE = 210;
const LINE = 20;
const NAME_LENGTH = 30;

/** The diagram of Demsar (2006): models at their average ranks, those that do not differ joined by a bar. */
export function criticalDifferenceDiagram({ criticalDifference, models, bars }: RankDiagram): string {
  const k = models.length;
  const at = (rank: number): number => round(SIDE + ((rank - 1) / Math.max(1, k - 1)) * (WIDTH - 2 * SIDE));
  const axis = 56;
  const barsEnd = axis + 12 + bars.length * 8;
  const left = Math.ceil(k / 2);
  const height = barsEnd + 16 + left * LINE;
  const ticks = Array.from({ length: k }, (_, i) => i + 1).filter((rank) => k <= 20 || rank % 5 === 0 || rank === 1);
  const scale = ticks.map(
    (rank) =>
      `<path class="line" d="M${at(rank)} ${axis - 6}V${axis}"/><text class="tick" x="${at(rank)}" y="${axis - 10}" text-anchor="middle">${rank}</text>`,
  );
  const reach = Math.min(at(1 + criticalDifference), WIDTH - SIDE);
  const distance =
    `<path class="line" d="M${at(1)} 18H${reach}M${at(1)} 14V22M${reach} 14V22"/>` +
    `<text class="tick" x="${round((at(1) + reach) / 2)}" y="11" text-anchor="middle">CD ${criticalDifference.toFixed(2)}</text>`;
  const joined = bars.map(({ first, last }, i) => {
    const y = axis + 10 + i * 8;
    return `<path class="joined" d="M${round(at(models[first]!.averageRank) - 4)} ${y}H${round(at(models[last]!.averageRank) + 4)}"/>`;
  });
  const named = models.map(({ name, averageRank }, i) => {
    const first = i < left;
    // The best and the worst outermost, so that no line crosses another.
    const y = barsEnd + 14 + (first ? i : k - 1 - i) * LINE;
    const text = name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH - 1)}…` : name;
    const end = first ? SIDE - 12 : WIDTH - SIDE + 12;
    return (
      `<path class="line" d="M${at(averageRank)} ${axis}V${y}H${end}"/>` +
      `<text class="name" x="${first ? end - 6 : end + 6}" y="${y + 4}" text-anchor="${first ? 'end' : 'start'}"><title>${xml(name)}, average rank ${averageRank.toFixed(2)}</title>${xml(text)}</text>`
    );
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="ranks" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Average ranks; models joined by a bar do not differ.">` +
    `<style>.ranks{color:#1a202c;font:13px system-ui,sans-serif}.ranks text{fill:currentColor}.ranks .tick{font-size:12px}.ranks .line{stroke:currentColor;fill:none}.ranks .joined{stroke:currentColor;stroke-width:4;stroke-linecap:round}@media(prefers-color-scheme:dark){.ranks{color:#e6e9ef}}</style>` +
    `<path class="line" d="M${at(1)} ${axis}H${at(k)}"/>${[...scale, distance, ...joined, ...named].join('')}</svg>`
  );
}
