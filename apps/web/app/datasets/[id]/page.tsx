import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Breadcrumbs } from '@/design/Breadcrumbs';
import { Digest } from '@/design/Digest';
import { count } from '@/design/format';
import { RelativeTime } from '@/design/RelativeTime';
import { ClassBalance } from '@/datasets/ClassBalance';
import { DatasetVersionPage } from '@/datasets/documents';
import { SampleGallery } from '@/datasets/SampleGallery';
import { readOnServer } from '@/graphql/server';

interface Props {
  params: Promise<{ id: string }>;
}

async function load(params: Props['params']) {
  const { id } = await params;
  if (!/^[1-9]\d{0,17}$/.test(id)) notFound();
  const { node } = await readOnServer(DatasetVersionPage, { id: `DatasetVersion_${id}` });
  return node?.__typename === 'DatasetVersion' ? node : notFound();
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const version = await load(params);
  return { title: `${version.dataset.name}, ${version.name}` };
}

export default async function DatasetVersionRoute({ params }: Props) {
  const version = await load(params);
  const { project } = version.dataset;
  return (
    <div className="stack">
      <div className="stack" style={{ gap: 8 }}>
        <Breadcrumbs crumbs={[{ label: project.name, href: `/projects/${project.team.slug}/${project.slug}` }]} />
        <h1 style={{ overflowWrap: 'anywhere' }}>
          {version.dataset.name}, {version.name}
        </h1>
        <p className="muted row" style={{ margin: 0, fontSize: 13, gap: '2px 8px' }}>
          <span>
            Version {version.number} · {count(version.sampleCount)} samples · {version.labels.length} classes ·
          </span>
          <span>
            imported <RelativeTime value={version.createdAt} /> ·
          </span>
          <span>
            digest <Digest value={version.digest} />
          </span>
        </p>
      </div>
      <section className="panel" aria-label="Class balance">
        <h2 style={{ marginBottom: 8 }}>Class balance</h2>
        <ClassBalance labels={version.labels} balance={version.classBalance} />
      </section>
      <SampleGallery versionId={version.id} labels={version.labels} first={version.samples} />
    </div>
  );
}
