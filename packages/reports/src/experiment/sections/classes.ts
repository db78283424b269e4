import type { ExperimentReport, ReportedRun } from '@samplewise/domain';
import { samplesPath, runPath } from '../addresses.ts';
import { cell, type Section, type TableBlock } from '../blocks.ts';
import { bare, intervalText, modelText, restorationText, valueText } from './words.ts';

/** Matrices that are shown unfolded. */
const OPEN = 1;

/** F1 of each class, and what is taken for what. */
export function classes(report: ExperimentReport): Section {
  return {
    title: 'Classes',
    blocks: [f1Table(report), ...report.runs.map((run, i) => confusionTable(report, run, i))],
  };
}

function f1Table({ runs, dataset }: ExperimentReport): TableBlock {
  return {
    kind: 'table',
    name: 'f1',
    caption:
      'F1 of each class in per cent with its interval (stratified bootstrap); the number of samples is in the head.',
    columns: [
      { label: 'Model', text: true },
      { label: 'Restoration', text: true },
      ...dataset.labels.map((label, i) => ({ label: `${label} (${dataset.supports[i]!})` })),
    ],
    rows: runs.map((run) => [
      cell(modelText(run), runPath(run.runId)),
      cell(restorationText(run)),
      ...run.perClass.map(({ label, f1 }) => {
        const interval = bare(intervalText('macroF1', f1));
        return cell(
          `${bare(valueText('macroF1', f1))}${interval === '' ? '' : ` (${interval})`}`,
          samplesPath(run.runId, { truth: label }),
        );
      }),
    ]),
  };
}

function confusionTable({ dataset: { labels } }: ExperimentReport, run: ReportedRun, at: number): TableBlock {
  const { counts, none } = run.confusion;
  const unanswered = none.some((count) => count > 0);
  return {
    kind: 'table',
    name: `confusion-${run.runId}`,
    caption: `${run.name}: truth in rows, prediction in columns.`,
    folded: at >= OPEN,
    columns: [
      { label: '', text: true },
      ...labels.map((label) => ({ label })),
      ...(unanswered ? [{ label: 'no answer' }] : []),
    ],
    rows: labels.map((truth, t) => {
      const support = counts[t]!.reduce((sum, count) => sum + count, 0) + none[t]!;
      const shaded = (count: number, path: string) => ({
        ...cell(String(count), count === 0 ? undefined : path),
        depth: support === 0 ? 0 : count / support,
      });
      return [
        cell(truth, samplesPath(run.runId, { truth })),
        ...labels.map((predicted, p) => shaded(counts[t]![p]!, samplesPath(run.runId, { truth, predicted }))),
        ...(unanswered ? [shaded(none[t]!, samplesPath(run.runId, { truth, only: 'none' }))] : []),
      ];
    }),
  };
}
