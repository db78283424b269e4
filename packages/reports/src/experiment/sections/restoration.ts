import type { ExperimentReport, RestorationEffect } from '@samplewise/domain';
import { pText } from '../../format.ts';
import { comparePath, samplesPath } from '../addresses.ts';
import { cell, type Section, type TableBlock } from '../blocks.ts';
import { bare, differenceWithInterval, metricOf, valueText } from './words.ts';

/** What each restoration does to each model, on the same samples. */
export function restoration(report: ExperimentReport): Section | undefined {
  const { restorations } = report;
  if (restorations.length === 0) return undefined;
  return {
    title: 'Does restoration help?',
    blocks: [effectTable(report), ...restorations.map((effect) => classTable(report, effect))],
  };
}

function effectTable({ runs, restorations }: ExperimentReport): TableBlock {
  return {
    kind: 'table',
    name: 'restoration',
    caption:
      'Each model with a restoration beside the same model without, on the same samples. Fixed: wrong without, right with; broken: the reverse. ' +
      'McNemar’s mid-p, corrected by Holm for this table.',
    columns: [
      { label: 'Model', text: true },
      { label: 'Restoration', text: true },
      { label: 'Without %' },
      { label: 'With %' },
      { label: 'Difference, points' },
      { label: 'Fixed' },
      { label: 'Broken' },
      { label: 'p (Holm)' },
      { label: 'Macro F1, points' },
    ],
    rows: restorations.map((effect) => {
      const [first, second] = [runs[effect.first]!, runs[effect.second]!];
      return [
        cell(effect.model),
        cell(effect.restoration),
        cell(bare(valueText('accuracy', metricOf(first, 'accuracy'))), `/runs/${first.runId}`),
        cell(bare(valueText('accuracy', metricOf(second, 'accuracy'))), `/runs/${second.runId}`),
        cell(differenceWithInterval('accuracy', effect.difference), comparePath(first.runId, second.runId)),
        cell(String(effect.fixed), comparePath(first.runId, second.runId, 'fixed')),
        cell(String(effect.broken), comparePath(first.runId, second.runId, 'broken')),
        cell(pText(effect.adjusted)),
        cell(differenceWithInterval('macroF1', effect.macroF1), comparePath(first.runId, second.runId)),
      ];
    }),
  };
}

function classTable({ runs }: ExperimentReport, effect: RestorationEffect): TableBlock {
  const [first, second] = [runs[effect.first]!, runs[effect.second]!];
  return {
    kind: 'table',
    name: `restoration-${first.runId}-${second.runId}`,
    folded: true,
    caption: `${effect.model}, ${effect.restoration}: the same by class. Recall in points, with the interval of a paired stratified bootstrap.`,
    columns: [
      { label: 'Class', text: true },
      { label: 'Samples' },
      { label: 'Fixed' },
      { label: 'Broken' },
      { label: 'Recall, points' },
    ],
    rows: effect.perClass.map(({ label, support, fixed, broken, recall }) => [
      cell(label),
      cell(String(support), samplesPath(second.runId, { truth: label })),
      cell(String(fixed), comparePath(first.runId, second.runId, 'fixed')),
      cell(String(broken), comparePath(first.runId, second.runId, 'broken')),
      cell(differenceWithInterval('macroRecall', recall), samplesPath(second.runId, { truth: label })),
    ]),
  };
}
