import { IconLock, IconWorld } from '@tabler/icons-react';
import Link from 'next/link';
import { count } from '@/design/format';
import { homeOf } from '@/design/sections';
import type { ProjectsPageQuery } from '@/generated/graphql';

type Project = ProjectsPageQuery['projects']['edges'][number]['node'];

/** Projects below the names of their teams. */
export function ProjectList({ projects, linkTeams }: { projects: readonly Project[]; linkTeams: boolean }) {
  const byTeam = Map.groupBy(projects, ({ team }) => team.id);
  return [...byTeam.values()].map((ofTeam) => {
    const { team } = ofTeam[0]!;
    return (
      <section key={team.id} aria-label={team.name}>
        <div className="row spread" style={{ marginBottom: 8 }}>
          <h2>{linkTeams ? <Link href={`/teams/${team.slug}`}>{team.name}</Link> : team.name}</h2>
        </div>
        <ul className="cards plain-list">
          {ofTeam.map((project) => (
            <Card key={project.id} {...project} />
          ))}
        </ul>
      </section>
    );
  });
}

function Card(project: Project) {
  const { name, description, visibility, queue } = project;
  const working = [
    queue.running > 0 ? `${count(queue.running)} running` : '',
    queue.queued > 0 ? `${count(queue.queued)} queued` : '',
  ].filter(Boolean);
  return (
    <li className="panel project-card">
      <Link href={homeOf(project)} className="whole-card" title={name}>
        {name}
      </Link>
      {description && <p className="muted clamp">{description}</p>}
      <p className="muted project-facts">
        {visibility === 'PUBLIC' && (
          <span>
            <IconWorld size={14} aria-hidden="true" /> public
          </span>
        )}
        {visibility === 'PRIVATE' && (
          <span>
            <IconLock size={14} aria-hidden="true" /> private
          </span>
        )}
        {working.length > 0 && (
          <span>
            <span className="dot" style={{ background: 'var(--accent)' }} aria-hidden="true" />
            {working.join(', ')}
          </span>
        )}
      </p>
    </li>
  );
}
