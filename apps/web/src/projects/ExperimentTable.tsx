'use client';

import Link from 'next/link';
import { useRef } from 'react';
import { DataTable } from '@/design/DataTable';
import { EstimateCell } from '@/design/EstimateCell';
import { bareId } from '@/design/format';
import { IntervalBar } from '@/design/IntervalBar';
import { RelativeTime } from '@/design/RelativeTime';
import { ModelName } from '@/charts/ModelName';
import type { ExperimentSummaryFragment } from '@/generated/graphql';
import { useItemKeys } from '@/keyboard/use-item-keys';
import { RunCounts } from './RunCounts';

const HEADS = [
  { label: 'Experiment' },
  { label: 'Runs' },
  { label: 'Best run', hint: 'The finished run of the highest accuracy' },
  { label: 'Accuracy %', number: true, hint: 'With its 95 % interval' },
  { label: '0 to 100 %', hidden: true },
  { label: 'Made', number: true },
];

/** Questions with the best answer so far. */
export function ExperimentTable({ experiments }: { experiments: readonly ExperimentSummaryFragment[] }) {
  const table = useRef<HTMLDivElement>(null);
  useItemKeys(table, { what: 'experiment' });
  return (
    <div ref={table} className="panel" style={{ padding: 4 }}>
      <DataTable label="Experiments" heads={HEADS}>
        {experiments.map((experiment) => (
          <Row key={experiment.id} {...experiment} />
        ))}
      </DataTable>
    </div>
  );
}

function Row({ id, name, description, datasetVersion, split, runCounts, best, createdAt }: ExperimentSummaryFragment) {
  const run = best.edges[0]?.node;
  const accuracy = run?.evaluation?.accuracy;
  const samples = datasetVersion && [datasetVersion.dataset.name, datasetVersion.name, split?.toLowerCase()];
  return (
    <tr data-item>
      <td style={{ minWidth: 230, maxWidth: 460 }}>
        <Link href={`/experiments/${bareId(id)}`} style={{ fontWeight: 570 }} title={description} data-item-main>
          {name}
        </Link>
        <span className="truncate muted" style={{ fontSize: 12.5 }}>
          {samples ? samples.filter(Boolean).join(' · ') : 'without a dataset'}
        </span>
      </td>
      <td style={{ minWidth: 110 }}>
        <RunCounts counts={runCounts} />
      </td>
      <td style={{ minWidth: 130, maxWidth: 220 }}>
        {accuracy && run.modelConfig ? <ModelName model={run.modelConfig} /> : null}
        {accuracy && run.restorationConfig && run.restorationConfig.name !== 'none' && (
          <span className="truncate muted" style={{ fontSize: 12.5 }}>
            {run.restorationConfig.name}
          </span>
        )}
      </td>
      <td className="number">
        {accuracy ? (
          <Link href={`/runs/${bareId(run.id)}`} style={{ color: 'var(--ink)' }} title={run.name}>
            <EstimateCell estimate={accuracy} />
          </Link>
        ) : (
          <span className="muted">–</span>
        )}
      </td>
      <td>{accuracy && <IntervalBar interval={accuracy} from={0} to={1} ticks={[0.25, 0.5, 0.75]} />}</td>
      <td className="number">
        <RelativeTime value={createdAt} />
      </td>
    </tr>
  );
}
