import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { OnVersion } from '@/datasets/OnVersion';
import { Empty } from '@/design/Empty';
import { bareId, count } from '@/design/format';
import { ProjectFrame } from '@/design/ProjectFrame';
import { homeOf } from '@/design/sections';
import type { ReportPageQuery } from '@/generated/graphql';
import { readOnServer } from '@/graphql/server';
import { ReportPage } from '@/reports/documents';
import { Downloads } from '@/reports/Downloads';
import styles from '@/reports/Report.module.css';
import { ReportBlock } from '@/reports/ReportBlock';

interface Props {
  params: Promise<{ id: string }>;
}

type Experiment = Extract<ReportPageQuery['node'], { __typename: 'Experiment' }>;

async function load(params: Props['params']): Promise<Experiment> {
  const { id } = await params;
  if (!/^[1-9]\d{0,17}$/.test(id)) notFound();
  const { node } = await readOnServer(ReportPage, { id: `Experiment_${id}` });
  return node?.__typename === 'Experiment' ? node : notFound();
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Report of ${(await load(params)).name}` };
}

/** What came of an experiment, from its answer down to what it rests on. */
export default async function ReportRoute({ params }: Props) {
  const experiment = await load(params);
  const { id, name, description, project, datasetVersion, split, report } = experiment;
  const address = `/experiments/${bareId(id)}`;
  return (
    <ProjectFrame
      project={project}
      section="experiments"
      crumbs={[
        { label: 'Experiments', href: `${homeOf(project)}/experiments` },
        { label: name, href: address },
      ]}
      title={`Report: ${name}`}
      about={
        <>
          {description && (
            <p
              style={{ margin: '0 0 4px', fontSize: 14, color: 'var(--ink)', whiteSpace: 'pre-line', maxWidth: '85ch' }}
            >
              {description}
            </p>
          )}
          <OnVersion version={datasetVersion} /> · {split?.toLowerCase() ?? 'all splits'}
          {report && ` · ${count(report.runs)} finished ${report.runs === 1 ? 'run' : 'runs'}`}
          {report && report.unfinished > 0 && ` · ${count(report.unfinished)} not finished`}
        </>
      }
      actions={report && <Downloads experimentId={id} />}
    >
      {report ? (
        <Sections report={report} />
      ) : (
        <Empty title="There is no report.">
          {datasetVersion
            ? 'It would tell of labels that are hidden from you until its competition is over.'
            : 'A report compares runs on the samples of a dataset version; this experiment is about none.'}{' '}
          <Link href={address}>Look at its runs</Link>
        </Empty>
      )}
    </ProjectFrame>
  );
}

function Sections({ report: { sections } }: { report: NonNullable<Experiment['report']> }) {
  return (
    <>
      <nav className="link-tabs" aria-label="Sections">
        {sections.map(({ title }) => (
          <a key={title} href={`#${anchor(title)}`}>
            {title}
          </a>
        ))}
      </nav>
      {sections.map(({ title, blocks }) => (
        <section key={title} id={anchor(title)} className={`panel ${styles.section}`} aria-label={title}>
          <h2>{title}</h2>
          {blocks.map((block, i) => (
            <ReportBlock key={i} block={block} />
          ))}
        </section>
      ))}
    </>
  );
}

const anchor = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
