import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { bareId, count } from '@/design/format';
import { ProjectFrame } from '@/design/ProjectFrame';
import { homeOf } from '@/design/sections';
import { PageError } from '@/graphql/problem';
import { readOnServer } from '@/graphql/server';
import { paramsOf } from '@/samples/address';
import { labelWords } from '@/samples/label';
import { SamplePage } from '@/samples/one/documents';
import { Facts } from '@/samples/one/Facts';
import { Nearest } from '@/samples/one/Nearest';
import { Neighbours } from '@/samples/one/Neighbours';
import styles from '@/samples/one/One.module.css';
import { PredictionsTable } from '@/samples/one/PredictionsTable';
import { Stage } from '@/samples/one/Stage';
import { Votes } from '@/samples/one/Votes';
import { EVERYTHING, readView, searchOf, writeView, type SampleView } from '@/samples/view';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

async function load({ params, searchParams }: Props) {
  const { id } = await params;
  if (!/^[1-9]\d{0,17}-\d{1,9}$/.test(id)) notFound();
  const view = readView(paramsOf(await searchParams));
  try {
    return { ...(await read(id, view)), view };
  } catch (error) {
    // An old link: a run, or a class, is no longer there. The sample is.
    if (!(error instanceof PageError) || error.code !== 'BAD_USER_INPUT') throw error;
    return { ...(await read(id, EVERYTHING)), view: EVERYTHING };
  }
}

async function read(id: string, view: SampleView) {
  const versionId = `DatasetVersion_${id.split('-')[0]!}`;
  const { node, version } = await readOnServer(SamplePage, { id: `Sample_${id}`, versionId, ...searchOf(view) });
  if (node?.__typename !== 'Sample' || version?.__typename !== 'DatasetVersion') notFound();
  return { sample: node, search: version.sampleSearch };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { sample } = await load(props);
  return { title: `Sample ${count(sample.index)}, ${labelWords(sample.label)}` };
}

export default async function SampleRoute(props: Props) {
  const { sample, search, view } = await load(props);
  const { datasetVersion: version, measurements } = sample;
  const { project } = version.dataset;
  const query = writeView(view);
  return (
    <ProjectFrame
      project={project}
      section="datasets"
      crumbs={[
        { label: 'Datasets', href: `${homeOf(project)}/datasets` },
        { label: `${version.dataset.name}, ${version.name}`, href: `/datasets/${bareId(version.id)}` },
      ]}
      title={
        <>
          {labelWords(sample.label)} <span className="muted">#{count(sample.index)}</span>
        </>
      }
      about={[sample.split.toLowerCase(), sample.source].filter(Boolean).join(' · ')}
      actions={<Neighbours versionId={version.id} query={query} total={search.totalCount} {...search.neighbours} />}
    >
      <div className={styles.layout}>
        <Stage
          key={sample.id}
          url={sample.image.url}
          alt={`Sample ${sample.index}, ${labelWords(sample.label)}`}
          width={measurements?.width}
          height={measurements?.height}
          restorations={sample.restorations}
        />
        <div className={styles.words}>
          <Facts sample={sample} />
          <div className="stack" style={{ gap: 16 }}>
            <Votes truth={sample.label ?? null} predictions={sample.predictions} />
            <Nearest sample={sample} />
          </div>
        </div>
      </div>
      <PredictionsTable
        key={sample.id}
        sampleId={sample.id}
        truth={sample.label ?? null}
        labels={version.labels}
        first={sample.predictions}
        marked={view.runs}
      />
    </ProjectFrame>
  );
}
