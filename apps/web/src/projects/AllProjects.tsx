import Link from 'next/link';
import { redirect } from 'next/navigation';
import { signInAddress } from '@/accounts/way-back';
import { Empty } from '@/design/Empty';
import { LinkButton } from '@/design/LinkButton';
import { OlderLink } from '@/design/OlderLink';
import { PageHead } from '@/design/PageHead';
import { SearchField } from '@/design/SearchField';
import type { ProjectsPageQuery } from '@/generated/graphql';
import { ProjectList } from './ProjectList';

interface Props {
  answer: ProjectsPageQuery;
  text?: string | undefined;
  after?: string | undefined;
}

/** Projects that are searched for by name from so many on. */
const MANY = 9;

/** All projects that the reader may see. */
export function AllProjects({ answer: { projects, viewer }, text, after }: Props) {
  const all = projects.edges.map(({ node }) => node);
  const isKnown = viewer.kind !== 'ANONYMOUS';
  if (all.length === 0 && !isKnown && text === undefined) redirect(signInAddress('/'));
  return (
    <div className="stack" style={{ gap: 24 }}>
      <PageHead
        title="Projects"
        about={isKnown ? undefined : 'These are public. Sign in to see those of your teams.'}
        actions={
          isKnown && (
            <>
              <LinkButton href="/teams" variant="default" size="xs">
                Teams
              </LinkButton>
              <LinkButton href="/projects/new" size="xs">
                New project
              </LinkButton>
            </>
          )
        }
      />
      {(all.length >= MANY || text !== undefined) && <SearchField label="Find a project" value={text ?? ''} />}
      {all.length > 0 ? <ProjectList projects={all} linkTeams={isKnown} /> : <Nothing text={text} kind={viewer.kind} />}
      <OlderLink
        page={projects.pageInfo}
        href={text ? `/projects?q=${encodeURIComponent(text)}` : '/projects'}
        after={after}
      />
    </div>
  );
}

function Nothing({ text, kind }: { text: string | undefined; kind: ProjectsPageQuery['viewer']['kind'] }) {
  if (text !== undefined) {
    return (
      <Empty title={`No project has ‘${text}’ in its name.`}>
        <Link href="/projects">Show all</Link>
      </Empty>
    );
  }
  return (
    <Empty title="There are no projects yet.">
      A project holds the datasets, models and runs of one area of questions.{' '}
      <Link href="/projects/new">Make the first one</Link>
      {kind === 'LOCAL' && (
        <>
          . On a first start the demo is being set up, which takes some seconds: <Link href="/">look again</Link>
        </>
      )}
      .
    </Empty>
  );
}
