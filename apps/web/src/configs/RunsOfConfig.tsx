import Link from 'next/link';
import { DataTable } from '@/design/DataTable';
import { Empty } from '@/design/Empty';
import { EstimateCell } from '@/design/EstimateCell';
import { bareId, figure } from '@/design/format';
import { RelativeTime } from '@/design/RelativeTime';
import type { ConfigRunFragment } from '@/generated/graphql';
import { StatusBadge } from '@/runs/StatusBadge';

interface Props {
  runs: readonly ConfigRunFragment[];
  /** The config that varies beside the one that the page is about. */
  other: 'modelConfig' | 'restorationConfig';
  newExperiment: string;
}

const OTHERS = {
  modelConfig: { label: 'Model', path: '/models' },
  restorationConfig: { label: 'Restoration', path: '/restorations' },
} as const;

/** The newest runs with a config. */
export function RunsOfConfig({ runs, other, newExperiment }: Props) {
  if (runs.length === 0) {
    return (
      <Empty title="This version has not run yet.">
        <Link href={newExperiment}>Plan an experiment</Link> with it: every figure of a run opens onto its samples.
      </Empty>
    );
  }
  const { label, path } = OTHERS[other];
  return (
    <div className="panel" style={{ padding: 4 }}>
      <DataTable
        label="Runs"
        heads={[
          { label: 'Run' },
          { label },
          { label: 'Dataset' },
          { label: 'Status' },
          { label: 'Accuracy %', number: true },
          { label: 'Samples / s', number: true, hint: 'Of the model alone, without the preparation' },
          { label: 'Queued' },
        ]}
      >
        {runs.map((run) => {
          const config = run[other];
          const version = run.experiment.datasetVersion;
          return (
            <tr key={run.id}>
              <td style={{ maxWidth: 280 }}>
                <Link href={`/runs/${bareId(run.id)}`} className="truncate" title={run.name}>
                  {run.name}
                </Link>
                <Link
                  href={`/experiments/${bareId(run.experiment.id)}`}
                  className="truncate muted"
                  style={{ fontSize: 12.5 }}
                  title={run.experiment.name}
                >
                  {run.experiment.name}
                </Link>
              </td>
              <td style={{ maxWidth: 220 }}>
                {config ? (
                  <Link href={`${path}/${bareId(config.id)}`} className="truncate" title={config.name}>
                    {config.name}
                    {config.version > 1 && <span className="muted"> v{config.version}</span>}
                  </Link>
                ) : (
                  <span className="muted">–</span>
                )}
              </td>
              <td style={{ maxWidth: 220 }}>
                {version ? (
                  <Link href={`/datasets/${bareId(version.id)}`} className="truncate">
                    {version.dataset.name}, {version.name}
                  </Link>
                ) : (
                  <span className="muted">–</span>
                )}
              </td>
              <td>
                <StatusBadge status={run.status} done={run.sampleDone} total={run.sampleTotal} />
              </td>
              <td className="number">
                <EstimateCell estimate={run.evaluation?.accuracy} />
              </td>
              <td className="number">{run.samplesPerSecond == null ? '–' : figure(run.samplesPerSecond)}</td>
              <td className="muted" style={{ whiteSpace: 'nowrap' }}>
                <RelativeTime value={run.createdAt} />
              </td>
            </tr>
          );
        })}
      </DataTable>
    </div>
  );
}
