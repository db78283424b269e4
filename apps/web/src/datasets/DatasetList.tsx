import Link from 'next/link';
import { DataTable } from '@/design/DataTable';
import { bareId, count } from '@/design/format';
import { RelativeTime } from '@/design/RelativeTime';
import type { ProjectDatasetsQuery } from '@/generated/graphql';
import { Thumbnail } from '@/samples/Thumbnail';
import styles from './Datasets.module.css';

type Dataset = NonNullable<ProjectDatasetsQuery['project']>['datasets']['edges'][number]['node'];

/** Datasets with their versions, the newest first. */
export function DatasetList({ datasets }: { datasets: readonly Dataset[] }) {
  return datasets.map((dataset) => {
    const versions = dataset.versions.edges.map(({ node }) => node);
    return (
      <section key={dataset.id} className="panel" style={{ padding: '12px 4px 4px' }} aria-label={dataset.name}>
        <div style={{ padding: '0 10px 6px' }}>
          <h2 style={{ overflowWrap: 'anywhere' }}>{dataset.name}</h2>
          {dataset.description !== '' && (
            <p className="muted" style={{ margin: '2px 0 0', maxWidth: 820 }}>
              {dataset.description}
            </p>
          )}
        </div>
        <DataTable
          label={`Versions of ${dataset.name}`}
          heads={[
            { label: 'Pictures', hidden: true },
            { label: 'Version' },
            { label: 'Samples', number: true },
            { label: 'Classes', number: true },
            { label: 'Leaked', number: true, hint: 'Samples of which a duplicate stands in an earlier split' },
            { label: 'Conflicts', number: true, hint: 'Groups of duplicates with several labels' },
            { label: 'Imported' },
          ]}
        >
          {versions.map((version) => (
            <Version key={version.id} version={version} />
          ))}
        </DataTable>
        {dataset.versions.totalCount > versions.length && (
          <p className="muted" style={{ margin: '6px 10px', fontSize: 12.5 }}>
            The newest {versions.length} of {count(dataset.versions.totalCount)} versions; the others are in the list of
            each version&apos;s page.
          </p>
        )}
      </section>
    );
  });
}

/** Of figures: the tables of several datasets stand under each other. */
const COLUMN = { width: 110 };

function Version({ version }: { version: Dataset['versions']['edges'][number]['node'] }) {
  const { id, name, number, sampleCount, labels, audit, samples, createdAt } = version;
  const address = `/datasets/${bareId(id)}`;
  const doubt = (value: number | undefined, path: string) => {
    if (value === undefined) return <span title="It has not been audited yet.">–</span>;
    if (value === 0) return <span className="muted">0</span>;
    return (
      <Link href={`${address}${path}`} style={{ color: 'var(--wrong)' }}>
        {count(value)}
      </Link>
    );
  };
  return (
    <tr>
      <td style={{ width: 240 }}>
        <Link href={`${address}/samples`} className={styles.strip} tabIndex={-1} aria-label={`Samples of ${name}`}>
          {samples.edges.map(({ node }) => (
            <Thumbnail key={node.id} url={node.image.url} />
          ))}
        </Link>
      </td>
      <td style={{ minWidth: 160, maxWidth: 320 }}>
        <Link href={address} className="truncate" title={name} style={{ fontWeight: 560 }}>
          {name}
        </Link>
        <span className="muted" style={{ fontSize: 12.5 }}>
          version {number}
        </span>
      </td>
      <td className="number" style={COLUMN}>
        <Link href={`${address}/samples`}>{count(sampleCount)}</Link>
      </td>
      <td className="number" style={COLUMN}>
        {count(labels.length)}
      </td>
      <td className="number" style={COLUMN}>
        {doubt(audit?.leakedSamples, '/audit')}
      </td>
      <td className="number" style={COLUMN}>
        {doubt(audit?.conflicts, '/audit?show=conflicts')}
      </td>
      <td className="muted" style={{ width: 170, whiteSpace: 'nowrap' }}>
        <RelativeTime value={createdAt} />
      </td>
    </tr>
  );
}
