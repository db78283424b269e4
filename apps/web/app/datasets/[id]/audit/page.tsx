import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { AuditPage } from '@/datasets/audit.graphql';
import { groupsOf, KINDS, readAuditView, writeAuditView, type AuditView } from '@/datasets/audit-view';
import { AwaitAudit } from '@/datasets/AwaitAudit';
import styles from '@/datasets/Datasets.module.css';
import { Doubts, doubtsOf, Leaks } from '@/datasets/Doubts';
import { DuplicateGroups } from '@/datasets/DuplicateGroups';
import { VersionFrame } from '@/datasets/VersionFrame';
import { Empty } from '@/design/Empty';
import { bareId, count } from '@/design/format';
import { RelativeTime } from '@/design/RelativeTime';
import { readOnServer } from '@/graphql/server';
import { paramsOf } from '@/samples/address';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const FIRST = 24;
const SHOWN: Record<AuditView['show'], string> = {
  across: 'Across splits',
  conflicts: 'Label conflicts',
  all: 'All duplicates',
};

async function load({ params, searchParams }: Props) {
  const { id } = await params;
  if (!/^[1-9]\d{0,17}$/.test(id)) notFound();
  const view = readAuditView(paramsOf(await searchParams));
  const { node } = await readOnServer(AuditPage, { id: `DatasetVersion_${id}`, ...groupsOf(view), first: FIRST });
  return node?.__typename === 'DatasetVersion' ? { version: node, view } : notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { version } = await load(props);
  return { title: `Audit of ${version.dataset.name}, ${version.name}` };
}

export default async function AuditRoute(props: Props) {
  const { version, view } = await load(props);
  const { audit, duplicates } = version;
  const address = `/datasets/${bareId(version.id)}`;
  if (!audit) {
    return (
      <VersionFrame version={version} tab="audit">
        <AwaitAudit />
      </VersionFrame>
    );
  }
  const tab = (next: AuditView, label: string, current: boolean) => (
    <Link
      key={label}
      href={`${address}/audit${writeAuditView(next)}`}
      scroll={false}
      aria-current={current ? 'true' : undefined}
    >
      {label}
    </Link>
  );
  return (
    <VersionFrame version={version} tab="audit" doubts={doubtsOf(audit)}>
      <Doubts audit={audit} address={address} />
      <Leaks audit={audit} address={address} />
      <section className="stack" style={{ gap: 12 }} aria-label="Duplicates">
        <div className="row spread">
          <h2>
            {SHOWN[view.show]} <span className="muted">({count(duplicates.totalCount)})</span>
          </h2>
          <nav className="row" aria-label="Which duplicates" style={{ gap: 16 }}>
            <span className={styles.tabs}>
              {(Object.keys(SHOWN) as AuditView['show'][]).map((show) =>
                tab({ ...view, show }, SHOWN[show], show === view.show),
              )}
            </span>
            <span className={styles.tabs}>
              {tab({ show: view.show }, 'Any kind', view.kind === undefined)}
              {KINDS.map((kind) => tab({ show: view.show, kind }, kind.toLowerCase(), kind === view.kind))}
            </span>
          </nav>
        </div>
        {duplicates.totalCount === 0 ? (
          <Empty title="There are none of these.">
            {view.show === 'across'
              ? 'No picture of one split was found in another one.'
              : 'Look at another kind, or at all duplicates.'}
          </Empty>
        ) : (
          <DuplicateGroups key={writeAuditView(view)} versionId={version.id} view={view} first={duplicates} />
        )}
        <p className="muted" style={{ margin: 0, fontSize: 12.5 }}>
          Pictures that look alike are found by a perceptual hash of 64 bits, of which at most {audit.maximumDistance}{' '}
          differ. Blank images are compared by their bytes alone.
          {audit.truncated &&
            ' There are more pairs than are listed: those that differ more are left out.'} Audited{' '}
          <RelativeTime value={audit.createdAt} />.
        </p>
      </section>
    </VersionFrame>
  );
}
