import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { Digest } from '@/design/Digest';
import { Empty } from '@/design/Empty';
import { bareId, count } from '@/design/format';
import { ProjectFrame } from '@/design/ProjectFrame';
import { RelativeTime } from '@/design/RelativeTime';
import { graphql } from '@/generated';
import { readOnServer } from '@/graphql/server';

const ProjectHome = graphql(`
  query ProjectHome($team: String!, $slug: String!) {
    project(team: $team, slug: $slug) {
      ...FramedProject
      description
      experiments(first: 100) {
        edges {
          node {
            id
            name
            description
            createdAt
            runCounts {
              status
              count
            }
            datasetVersion {
              id
              name
              dataset {
                name
              }
            }
          }
        }
      }
      datasets(first: 100) {
        edges {
          node {
            id
            name
            versions(first: 20) {
              edges {
                node {
                  id
                  number
                  name
                  digest
                  sampleCount
                  labels
                }
              }
            }
          }
        }
      }
      modelConfigs(first: 100) {
        edges {
          node {
            id
            name
            version
            kind
            digest
          }
        }
      }
      restorationConfigs(first: 100) {
        edges {
          node {
            id
            name
            version
            digest
          }
        }
      }
    }
  }
`);

interface Props {
  params: Promise<{ team: string; project: string }>;
}

async function load(params: Props['params']) {
  const { team, project: slug } = await params;
  const { project } = await readOnServer(ProjectHome, { team, slug });
  return project ?? notFound();
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load(params)).name };
}

export default async function ProjectPage({ params }: Props) {
  const project = await load(params);
  const { team, project: slug } = await params;
  const experiments = project.experiments.edges.map((e) => e.node);
  const datasets = project.datasets.edges.map((e) => e.node);
  const configs = {
    models: project.modelConfigs.edges.map((e) => e.node),
    restorations: project.restorationConfigs.edges.map((e) => e.node),
  };
  return (
    <ProjectFrame project={project} section="home" title={project.name} about={project.description}>
      <Section
        title="Experiments"
        action={<Link href={`/experiments/new?project=${bareId(project.id)}`}>New experiment</Link>}
      >
        {experiments.length === 0 ? (
          <Empty title="No experiment yet.">
            An experiment asks one question of one dataset version. Import a dataset, register models, then{' '}
            <Link href={`/experiments/new?project=${bareId(project.id)}`}>choose what to run</Link>.
          </Empty>
        ) : (
          <ul style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 10 }}>
            {experiments.map((e) => (
              <li key={e.id} className="panel">
                <div className="row spread">
                  <Link href={`/experiments/${bareId(e.id)}`} style={{ fontWeight: 600, fontSize: 15 }}>
                    {e.name}
                  </Link>
                  <span className="muted" style={{ fontSize: 13 }}>
                    <RelativeTime value={e.createdAt} />
                  </span>
                </div>
                {e.description && (
                  <p className="muted" style={{ margin: '4px 0 0', maxWidth: 820 }}>
                    {e.description}
                  </p>
                )}
                <p className="muted" style={{ margin: '8px 0 0', fontSize: 13 }}>
                  {e.datasetVersion
                    ? `${e.datasetVersion.dataset.name}, ${e.datasetVersion.name}`
                    : 'without a dataset'}{' '}
                  ·{' '}
                  {e.runCounts.length === 0
                    ? 'no runs'
                    : e.runCounts.map((r) => `${count(r.count)} ${r.status.toLowerCase()}`).join(', ')}
                </p>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="Datasets" action={<Link href={`/projects/${team}/${slug}/import`}>Import a dataset</Link>}>
        {datasets.length === 0 ? (
          <Empty title="No dataset yet.">
            <Link href={`/projects/${team}/${slug}/import`}>Upload a file or a folder</Link>, or on the command line:
            <pre className="scroll">{`npx samplewise datasets import fer2013.csv --project ${slug} --dataset FER-2013 --version original`}</pre>
          </Empty>
        ) : (
          <Table head={['Dataset', 'Version', 'Samples', 'Classes', 'Digest']} numbers={[2, 3]}>
            {datasets.flatMap((d) =>
              d.versions.edges.map(({ node }) => (
                <tr key={node.id}>
                  <td>{d.name}</td>
                  <td>
                    <Link href={`/datasets/${bareId(node.id)}`}>{node.name}</Link>
                  </td>
                  <td className="number">{count(node.sampleCount)}</td>
                  <td className="number">{node.labels.length}</td>
                  <td>
                    <Digest value={node.digest} />
                  </td>
                </tr>
              )),
            )}
          </Table>
        )}
      </Section>
      <div style={{ display: 'grid', gap: 20, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 420px), 1fr))' }}>
        <Section title="Models">
          <Table head={['Model', 'Version', 'Kind', 'Digest']} numbers={[1]}>
            {configs.models.map((m) => (
              <tr key={m.id}>
                <td>{m.name}</td>
                <td className="number">{m.version}</td>
                <td>{m.kind.toLowerCase().replaceAll('_', ' ')}</td>
                <td>
                  <Digest value={m.digest} />
                </td>
              </tr>
            ))}
          </Table>
        </Section>
        <Section title="Restorations">
          <Table head={['Restoration', 'Version', 'Digest']} numbers={[1]}>
            {configs.restorations.map((r) => (
              <tr key={r.id}>
                <td>{r.name}</td>
                <td className="number">{r.version}</td>
                <td>
                  <Digest value={r.digest} />
                </td>
              </tr>
            ))}
          </Table>
        </Section>
      </div>
    </ProjectFrame>
  );
}

function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section style={{ minWidth: 0 }}>
      <div className="row spread" style={{ marginBottom: 8 }}>
        <h2>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}

function Table({ head, numbers, children }: { head: string[]; numbers: number[]; children: ReactNode }) {
  return (
    <div className="panel scroll" style={{ padding: 4 }}>
      <table className="data">
        <thead>
          <tr>
            {head.map((name, i) => (
              <th key={name} scope="col" className={numbers.includes(i) ? 'number' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
