import type { ExperimentReport, ReportedRun } from '@samplewise/domain';
import { pText } from '../../format.ts';
import { comparePath, runPath } from '../addresses.ts';
import { cell, type Cell, type Section, type TableBlock } from '../blocks.ts';
import {
  bare,
  differenceWithInterval,
  intervalText,
  metricOf,
  modelText,
  restorationText,
  valueText,
} from './words.ts';

/** Every run beside the best, with published figures where they stand among them. */
export function results(report: ExperimentReport): Section {
  return { title: 'Results', blocks: [mainTable(report), furtherTable(report)] };
}

/** What a table row is sorted by. */
interface Row {
  accuracy: number;
  cells: readonly Cell[];
}

function mainTable({ runs, toBest, published, dataset }: ExperimentReport): TableBlock {
  const ours = runs.map((run, at): Row => {
    const accuracy = metricOf(run, 'accuracy');
    const beside = toBest.find(({ second }) => second === at);
    const macroF1 = metricOf(run, 'macroF1');
    return {
      accuracy: accuracy.value ?? -1,
      cells: [
        cell(modelText(run), runPath(run.runId)),
        cell(restorationText(run)),
        { ...cell(bare(valueText('accuracy', accuracy)), runPath(run.runId)), strong: at === 0 },
        cell(bare(intervalText('accuracy', accuracy))),
        beside
          ? cell(differenceWithInterval('accuracy', beside.difference), comparePath(runs[0]!.runId, run.runId))
          : cell('the best'),
        cell(beside ? pText(beside.adjusted) : ''),
        cell(bare(valueText('macroF1', macroF1)), runPath(run.runId)),
        cell(bare(intervalText('macroF1', macroF1))),
        cell(run.covered < run.samples ? `${run.covered} of ${run.samples}` : 'all'),
      ],
    };
  });
  const theirs = published.flatMap(({ name, runId, published: figures, accuracy }) =>
    accuracy.map(({ samples, figure }, i): Row => ({
      accuracy: figures.accuracy,
      cells: [
        i === 0 ? cell(`${name}, published`, runPath(runId)) : cell(`${name}, published`),
        cell(''),
        cell(bare(valueText('accuracy', figure))),
        cell(bare(intervalText('accuracy', figure))),
        cell('no predictions'),
        cell(''),
        cell(figures.others.macroF1 === undefined ? '' : bare(valueText('macroF1', { value: figures.others.macroF1 }))),
        cell(''),
        cell(`if of ${samples}`),
      ],
    })),
  );
  return {
    kind: 'table',
    name: 'results',
    caption:
      `Accuracy on ${dataset.samples} samples with Wilson’s interval, beside the best run by McNemar’s test (mid-p, corrected by Holm) ` +
      'with Newcombe’s interval of the paired difference in points; macro F1 with the interval of a stratified bootstrap. Intervals are of 95 %.' +
      (theirs.length > 0 ? ' Published figures have the interval that their number of test images allows.' : ''),
    columns: [
      { label: 'Model', text: true },
      { label: 'Restoration', text: true },
      { label: 'Accuracy %' },
      { label: 'Interval' },
      { label: 'To the best, points' },
      { label: 'p (Holm)' },
      { label: 'Macro F1 %' },
      { label: 'Interval' },
      { label: 'Answered' },
    ],
    rows: [...ours, ...theirs].sort((a, b) => b.accuracy - a.accuracy).map(({ cells }) => cells),
  };
}

const FURTHER = {
  balancedAccuracy: 'Balanced accuracy %',
  macroPrecision: 'Macro precision %',
  macroRecall: 'Macro recall %',
  weightedF1: 'Weighted F1 %',
  cohenKappa: 'Kappa',
  matthewsCorrelation: 'MCC',
  logLoss: 'Log loss',
  brierScore: 'Brier',
  macroRocAuc: 'Macro AUC',
} as const;

function furtherTable({ runs }: ExperimentReport): TableBlock {
  const names = Object.keys(FURTHER) as (keyof typeof FURTHER)[];
  const shown = names.filter((name) => runs.some((run) => metricOf(run, name).value !== null));
  const figureOf = (run: ReportedRun, name: string): Cell => {
    const figure = metricOf(run, name);
    return figure.value === null ? cell('') : cell(bare(valueText(name, figure)), runPath(run.runId));
  };
  return {
    kind: 'table',
    name: 'metrics',
    caption: 'Further metrics of the same predictions.',
    columns: [
      { label: 'Model', text: true },
      { label: 'Restoration', text: true },
      ...shown.map((name) => ({ label: FURTHER[name] })),
    ],
    rows: runs.map((run) => [
      cell(modelText(run), runPath(run.runId)),
      cell(restorationText(run)),
      ...shown.map((name) => figureOf(run, name)),
    ]),
  };
}
