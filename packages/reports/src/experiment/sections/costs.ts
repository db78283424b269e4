import type { ExperimentReport, ReportedPhase, ReportedRun } from '@samplewise/domain';
import { costText } from '../../format.ts';
import { paretoPlot } from '../../svg/pareto.ts';
import { runPath } from '../addresses.ts';
import { cell, type Block, type Section, type TableBlock } from '../blocks.ts';
import { metricOf, modelText, restorationText } from './words.ts';

/** What the answers took, by phase, and which runs are worth it. */
export function costs(report: ExperimentReport): Section {
  const plot = paretoPlot(
    report.runs.map((run) => ({
      name: run.name,
      value: metricOf(run, 'accuracy'),
      cost: run.secondsPerThousand,
      front: run.front === true,
    })),
    'accuracy',
    'secondsPerThousand',
  );
  const drawing: Block[] =
    plot === undefined
      ? []
      : [
          {
            kind: 'drawing',
            svg: plot,
            caption: 'Filled runs are on the front: no other is at least as accurate for at most their time.',
          },
        ];
  return { title: 'What it costs', blocks: [phaseTable(report), ...drawing] };
}

const PHASES = ['PREPROCESSING', 'TRAINING', 'INFERENCE', 'EVALUATION'] as const;

function phaseTable({ runs }: ExperimentReport): TableBlock {
  const phase = ({ phases }: ReportedRun, name: string) => phases.find((cost) => cost.phase === name);
  const shown = PHASES.filter((name) => runs.some((run) => phase(run, name)));
  const energy = runs.some(({ phases }) => phases.some(({ energyJoules }) => energyJoules !== null));
  const price = runs.some(({ phases }) => phases.some((cost) => cost.price !== null));
  return {
    kind: 'table',
    name: 'costs',
    caption:
      'Seconds of each phase as the clock shows them, summed over executors; processor seconds and the most memory of all phases but the evaluation. ' +
      'Per 1,000 samples: preprocessing and inference; where restored pictures came from the cache, preprocessing as in the run that made them.',
    columns: [
      { label: 'Model', text: true },
      { label: 'Restoration', text: true },
      ...shown.map((name) => ({ label: `${name[0]!}${name.slice(1).toLowerCase()}, s` })),
      { label: 'Processor, s' },
      { label: 'Memory, MB' },
      { label: 'Per 1,000, s' },
      { label: 'Latency p50, ms' },
      { label: 'p95, ms' },
      ...(energy ? [{ label: 'Energy, J' }] : []),
      ...(price ? [{ label: 'Price' }] : []),
      { label: 'Device', text: true },
    ],
    rows: runs.map((run) => {
      const own = run.phases.filter((cost) => cost.phase !== 'EVALUATION');
      const peaks = own.flatMap(({ peakMemoryBytes }) => peakMemoryBytes ?? []);
      return [
        cell(modelText(run), runPath(run.runId)),
        cell(restorationText(run)),
        ...shown.map((name) => {
          const cost = phase(run, name);
          return cost ? cell(seconds(cost), runPath(run.runId)) : cell('');
        }),
        cell(own.length === 0 ? '' : costText('cpuSeconds', sum(own.map(({ cpuSeconds }) => cpuSeconds)))),
        cell(peaks.length === 0 ? '' : costText('peakMemoryBytes', Math.max(...peaks))),
        {
          ...cell(run.secondsPerThousand === null ? '' : costText('', run.secondsPerThousand)),
          strong: run.front === true,
        },
        cell(run.latency ? costText('', run.latency.p50) : ''),
        cell(run.latency ? costText('', run.latency.p95) : ''),
        ...(energy ? [cell(known(own, ({ energyJoules }) => energyJoules))] : []),
        ...(price
          ? [cell(`${known(own, (cost) => cost.price)} ${own.find(({ currency }) => currency)?.currency ?? ''}`.trim())]
          : []),
        cell([...new Set(own.map(({ device }) => device))].join(', ')),
      ];
    }),
  };
}

function seconds(cost: ReportedPhase): string {
  const cached = cost.cached > 0 ? ` (${cost.cached} cached)` : '';
  return `${costText('', cost.wallSeconds)}${cached}`;
}

function known(costs: readonly ReportedPhase[], of: (cost: ReportedPhase) => number | null): string {
  const values = costs.map(of).filter((value) => value !== null);
  return values.length === 0 ? '' : costText('', sum(values));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
