import type { ExperimentReport } from '@samplewise/domain';
import { differenceText } from '../../format.ts';
import type { Section } from '../blocks.ts';
import { intervalText, list, metricOf, pEquals, plural, valueText } from './words.ts';

const ALPHA = 0.05;

/** What came of it, in sentences that say how sure they are. */
export function answer(report: ExperimentReport): Section {
  return {
    title: 'In short',
    blocks: [{ kind: 'list', items: [...best(report), ...restorations(report), ...publications(report)] }],
  };
}

function best({ runs, toBest, cochranQ, dataset }: ExperimentReport): string[] {
  const [first] = runs;
  if (!first) return ['No run has finished yet.'];
  const accuracy = metricOf(first, 'accuracy');
  const most =
    `${first.name} is the most accurate of ${plural(runs.length, 'run')} on ${dataset.samples} samples: ` +
    `${valueText('accuracy', accuracy)} (${intervalText('accuracy', accuracy)}).`;
  const alike = toBest.filter(({ adjusted }) => adjusted >= ALPHA);
  if (!cochranQ || runs.length < 2) return [most];
  const apart =
    alike.length === 0
      ? 'Paired tests on the same samples tell it from every other run.'
      : `Paired tests on the same samples can not tell it from ${list(alike.map(({ second }) => runs[second]!.name))} ` +
        `(McNemar’s mid-p, corrected by Holm: ${alike.map(({ adjusted }) => pEquals(adjusted)).join(', ')}).`;
  return [`${most} ${apart}`];
}

function restorations({ restorations: effects }: ExperimentReport): string[] {
  const names = [...new Set(effects.map(({ restoration }) => restoration))];
  return names.map((name) => {
    const of = effects.filter(({ restoration }) => restoration === name);
    const shown = (sign: 1 | -1) =>
      of.filter(({ adjusted, difference }) => adjusted < ALPHA && Math.sign(difference.value ?? 0) === sign);
    const describe = (found: typeof of): string =>
      list(
        found.map(({ model, difference }) => `${model} (${differenceText('accuracy', difference.value ?? 0)} points)`),
      );
    const [helped, harmed] = [shown(1), shown(-1)];
    const parts = [
      ...(helped.length > 0 ? [`raises the accuracy of ${describe(helped)}`] : []),
      ...(harmed.length > 0 ? [`lowers that of ${describe(harmed)}`] : []),
    ];
    const open = of.length - helped.length - harmed.length;
    const rest = open === 0 ? '' : ` For ${plural(open, 'model')} no difference is shown.`;
    return parts.length === 0
      ? `${name} is not shown to change the accuracy of any of ${plural(of.length, 'model')}.`
      : `${name} ${list(parts)}.${rest}`;
  });
}

function publications({ publishedPairs }: ExperimentReport): string[] {
  return publishedPairs.slice(0, 2).map(({ better, worse, samples, difference, mostDiscordant, independent }) => {
    const head = `Published: ${better} lies ${plural(difference, 'sample')} above ${worse}, if both were measured on the same ${samples}.`;
    return mostDiscordant === null
      ? `${head} That is too little for any paired test to tell them apart.`
      : `${head} A paired test would tell them apart only if just one of the two were right on at most ${mostDiscordant} of them; ` +
          `models whose errors are independent would differ on about ${independent.discordant} (${pEquals(independent.p)}).`;
  });
}
