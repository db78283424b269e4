import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { bareId } from '@/design/format';
import { Empty } from '@/design/Empty';
import { OlderLink } from '@/design/OlderLink';
import { SettingsPart } from '@/design/SettingsPart';
import { readOnServer } from '@/graphql/server';
import { BoardFrame } from '@/leaderboards/BoardFrame';
import { CompetitionForm } from '@/leaderboards/CompetitionForm';
import { CompetitionPanel } from '@/leaderboards/CompetitionPanel';
import { SubmissionsPage } from '@/leaderboards/competition.graphql';
import { HiddenLabelsForm } from '@/leaderboards/HiddenLabelsForm';
import { afterOf, boardIdOf, type BoardProps } from '@/leaderboards/load-board';
import { SubmissionTable } from '@/leaderboards/SubmissionTable';
import { SubmitForm } from '@/leaderboards/SubmitForm';

async function load({ params, searchParams }: BoardProps) {
  const variables = { id: boardIdOf((await params).id), ...afterOf((await searchParams).after) };
  const { node } = await readOnServer(SubmissionsPage, variables);
  return node?.__typename === 'Leaderboard' ? node : notFound();
}

export async function generateMetadata(props: BoardProps): Promise<Metadata> {
  return { title: `Submissions · ${(await load(props)).name}` };
}

export default async function SubmissionsRoute(props: BoardProps) {
  const board = await load(props);
  const { competition, split, submissions } = board;
  const { after } = afterOf((await props.searchParams).after);
  const manages = board.project.viewerPermissions.includes('MANAGE');
  return (
    <BoardFrame board={board} view="submissions">
      {competition ? (
        <CompetitionPanel competition={competition} />
      ) : (
        <Empty title="It takes no submissions.">
          A board over one split with hidden labels can rank predictions that others send, without telling them the
          labels.
        </Empty>
      )}
      {competition && (
        <SettingsPart
          title="Submit"
          about="Predictions of all samples, in one file. It is read whole before anything counts. Programs use a token of the scope SUBMIT."
        >
          <SubmitForm boardId={board.id} viewer={competition.viewer} />
        </SettingsPart>
      )}
      {submissions.edges.length > 0 && (
        <section className="stack" style={{ gap: 10 }} aria-labelledby="submissions">
          <h2 id="submissions">{manages ? 'All submissions' : 'Your submissions'}</h2>
          <SubmissionTable metric={board.metric} submissions={submissions.edges.map(({ node }) => node)} />
          <OlderLink page={submissions.pageInfo} href={`/leaderboards/${bareId(board.id)}/competition`} after={after} />
        </section>
      )}
      {manages && (
        <>
          <SettingsPart title="Rule" about="For admins. What is left out has its usual value.">
            <CompetitionForm key={JSON.stringify(competition)} boardId={board.id} competition={competition} />
          </SettingsPart>
          {split && (
            <SettingsPart
              title="Hidden labels"
              about="A competition needs labels that entrants do not see: not in pages, files, figures, errors or times."
            >
              <HiddenLabelsForm version={board.datasetVersion} split={split} />
            </SettingsPart>
          )}
        </>
      )}
    </BoardFrame>
  );
}
