import type { ExperimentReport } from '@samplewise/domain';
import { pText } from '../../format.ts';
import { cell, type Section } from '../blocks.ts';

/** What can be said of figures without predictions. */
export function published({ published: figures, publishedPairs }: ExperimentReport): Section | undefined {
  if (figures.length === 0) return undefined;
  const sources = [...new Map(figures.map(({ published }) => [published.citation, published.url])).entries()];
  return {
    title: 'Published figures',
    blocks: [
      { kind: 'list', items: sources.map(([citation, url]) => (url === undefined ? citation : `${citation} ${url}`)) },
      ...(publishedPairs.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              name: 'published',
              caption:
                'May published accuracies be told apart? A paired test needs to know on how many samples just one of the two is right, which was not published. ' +
                'At most: the largest such number at which McNemar’s mid-p would be below 0.05. Independent: about how many there would be if the two erred independently, and p then.',
              columns: [
                { label: 'Better', text: true },
                { label: 'Worse', text: true },
                { label: 'Images' },
                { label: 'Apart, images' },
                { label: 'At most' },
                { label: 'Independent' },
                { label: 'p then' },
              ],
              rows: publishedPairs.map(({ better, worse, samples, difference, mostDiscordant, independent }) => [
                cell(better),
                cell(worse),
                cell(String(samples)),
                cell(String(difference)),
                cell(mostDiscordant === null ? 'never' : String(mostDiscordant)),
                cell(String(independent.discordant)),
                cell(pText(independent.p)),
              ]),
            },
          ]),
    ],
  };
}
