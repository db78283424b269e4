import Link from 'next/link';
import { DataTable } from '@/design/DataTable';
import { Empty } from '@/design/Empty';
import { bareId, count } from '@/design/format';
import { RelativeTime } from '@/design/RelativeTime';
import type { DatasetVersionPageQuery } from '@/generated/graphql';

type Version = Extract<DatasetVersionPageQuery['node'], { __typename: 'DatasetVersion' }>;

/** Which questions were asked of a version. */
export function VersionExperiments({ version }: { version: Version }) {
  const { experiments, dataset } = version;
  const begin = `/experiments/new?project=${bareId(dataset.project.id)}`;
  return (
    <section aria-labelledby="experiments">
      <h2 id="experiments" style={{ marginBottom: 8 }}>
        Experiments <span className="muted">({count(experiments.totalCount)})</span>
      </h2>
      {experiments.totalCount === 0 ? (
        <Empty title="Nothing was asked of it yet.">
          <Link href={begin}>Begin an experiment</Link>: choose models and restorations, and compare them on these
          samples.
        </Empty>
      ) : (
        <div className="panel" style={{ padding: 4 }}>
          <DataTable
            label="Experiments on this version"
            heads={[{ label: 'Experiment' }, { label: 'Split' }, { label: 'Runs', number: true }, { label: 'Begun' }]}
          >
            {experiments.edges.map(({ node }) => (
              <tr key={node.id}>
                <td style={{ maxWidth: 380 }}>
                  <Link href={`/experiments/${bareId(node.id)}`} className="truncate" title={node.name}>
                    {node.name}
                  </Link>
                </td>
                <td className="muted">{node.split?.toLowerCase() ?? 'all samples'}</td>
                <td className="number">{count(node.runCounts.reduce((sum, one) => sum + one.count, 0))}</td>
                <td className="muted">
                  <RelativeTime value={node.createdAt} />
                </td>
              </tr>
            ))}
          </DataTable>
        </div>
      )}
    </section>
  );
}
