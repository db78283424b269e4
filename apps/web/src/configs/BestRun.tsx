import Link from 'next/link';
import { EstimateCell } from '@/design/EstimateCell';
import { bareId } from '@/design/format';
import type { UsageSummaryFragment } from '@/generated/graphql';

/** The highest accuracy of a config, with the samples that it was reached on: other samples, other figures. */
export function BestRun({ run }: { run: UsageSummaryFragment['bestRun'] }) {
  const accuracy = run?.evaluation?.accuracy;
  if (!run || accuracy?.value == null) return <span className="muted">–</span>;
  const version = run.experiment.datasetVersion;
  const where = version ? `${version.dataset.name}, ${version.name}` : run.name;
  return (
    <Link href={`/runs/${bareId(run.id)}`} title={`${run.name}, on ${where}`} style={{ color: 'var(--ink)' }}>
      <EstimateCell estimate={accuracy} />
    </Link>
  );
}
