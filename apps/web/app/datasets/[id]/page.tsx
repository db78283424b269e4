import { IconPhoto } from '@tabler/icons-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { AwaitAudit } from '@/datasets/AwaitAudit';
import { ClassBalance } from '@/datasets/ClassBalance';
import { ClassPictures } from '@/datasets/ClassPictures';
import { DatasetVersionPage } from '@/datasets/documents';
import { Doubts, doubtsOf, Leaks } from '@/datasets/Doubts';
import { ImageFigures } from '@/datasets/ImageFigures';
import { VersionExperiments } from '@/datasets/VersionExperiments';
import { VersionFrame } from '@/datasets/VersionFrame';
import { bareId, count } from '@/design/format';
import { LinkButton } from '@/design/LinkButton';
import { Loading, SkeletonPanel } from '@/design/Skeleton';
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
  const { audit, labels } = version;
  const address = `/datasets/${bareId(version.id)}`;
  const [source] = version.imports.edges.map(({ node }) => node);
  return (
    <VersionFrame
      version={version}
      tab="overview"
      {...(audit && { doubts: doubtsOf(audit) })}
      actions={
        <LinkButton href={`${address}/samples`} leftSection={<IconPhoto size={16} aria-hidden="true" />}>
          Browse samples
        </LinkButton>
      }
    >
      {audit ? <Doubts audit={audit} address={address} /> : <AwaitAudit />}
      {audit && <Leaks audit={audit} address={address} />}
      <section aria-labelledby="balance">
        <h2 id="balance" style={{ marginBottom: 8 }}>
          Class balance{' '}
          <span className="muted" style={{ fontWeight: 400 }}>
            {count(labels.length)} {labels.length === 1 ? 'class' : 'classes'}
            {audit && imbalanceOf(audit.balance)}
          </span>
        </h2>
        <div className="panel" style={{ padding: 4 }}>
          <ClassBalance labels={labels} balance={version.classBalance} gallery={`${address}/samples`} />
        </div>
      </section>
      <section aria-labelledby="pictures">
        <h2 id="pictures" style={{ marginBottom: 8 }}>
          Samples of each class
        </h2>
        <Suspense
          fallback={
            <Loading what="Samples are on their way">
              <SkeletonPanel height={48 * Math.min(labels.length, 12)} />
            </Loading>
          }
        >
          <ClassPictures versionId={version.id} labels={labels} />
        </Suspense>
      </section>
      {version.imageStatistics.some(({ min, max }) => min != null && min !== max) && (
        <section aria-labelledby="figures">
          <h2 id="figures" style={{ marginBottom: 8 }}>
            Images
          </h2>
          <ImageFigures statistics={version.imageStatistics} gallery={`${address}/samples`} />
        </section>
      )}
      <VersionExperiments version={version} />
      {source && (
        <p className="muted" style={{ margin: 0, fontSize: 12.5, overflowWrap: 'anywhere' }}>
          Imported from {source.fileName}, read as {source.format.toLowerCase().replaceAll('_', ' ')}.{' '}
          <Link href={`/projects/${version.dataset.project.team.slug}/${version.dataset.project.slug}/import`}>
            Import another version
          </Link>
        </p>
      )}
    </VersionFrame>
  );
}

type Balance = NonNullable<Awaited<ReturnType<typeof load>>['audit']>['balance'];

/** Of the split that models learn from, or the first that there is. */
function imbalanceOf(balance: Balance): string {
  const split = balance.find(({ samples }) => samples > 0);
  if (!split) return '';
  const { value, undefinedReason } = split.imbalanceRatio;
  const of = ` in ${split.split.toLowerCase()}`;
  return value == null
    ? ` · ${undefinedReason ?? 'no balance'}${of}`
    : ` · largest over smallest ${value.toFixed(1)}${of}`;
}
