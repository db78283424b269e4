import Link from 'next/link';
import { redirect } from 'next/navigation';
import { Empty } from '@/design/Empty';
import { graphql } from '@/generated';
import { readOnServer } from '@/graphql/server';

const Projects = graphql(`
  query Projects {
    projects(first: 200) {
      edges {
        node {
          id
          slug
          name
          description
          team {
            slug
            name
          }
        }
      }
    }
  }
`);

export const dynamic = 'force-dynamic';

export default async function ProjectsPage() {
  const { projects } = await readOnServer(Projects, {});
  const all = projects.edges.map((edge) => edge.node);
  if (all.length === 1) redirect(`/projects/${all[0]!.team.slug}/${all[0]!.slug}`);
  return (
    <div className="stack">
      <h1>Projects</h1>
      {all.length === 0 && (
        <Empty title="There are no projects yet.">
          The demo is being set up: this takes a few seconds. <Link href="/">Look again</Link>
        </Empty>
      )}
      <ul style={{ listStyle: 'none', padding: 0, margin: 0, display: 'grid', gap: 12 }}>
        {all.map((project) => (
          <li key={project.id} className="panel">
            <Link href={`/projects/${project.team.slug}/${project.slug}`} style={{ fontWeight: 600 }}>
              {project.name}
            </Link>
            <p className="muted" style={{ margin: '4px 0 0' }}>
              {project.description}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
