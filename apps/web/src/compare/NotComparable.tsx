import Link from 'next/link';
import { LinkButton } from '@/design/LinkButton';
import { bareId } from '@/design/format';
import { PageHead } from '@/design/PageHead';
import type { RunsToExplainQuery } from '@/generated/graphql';
import { readOnServer } from '@/graphql/server';
import { CompareFrame } from './CompareFrame';
import { RunsToExplain } from './documents';
import { addressOf } from './selection';

type Run = Extract<RunsToExplainQuery['nodes'][number], { __typename: 'Run' }>;

const STATES: Readonly<Record<Run['status'], string>> = {
  QUEUED: 'it waits for an executor',
  RUNNING: 'it has not finished',
  FAILED: 'it failed',
  CANCELED: 'it was canceled',
  FINISHED: 'it has no predictions',
};
const TITLE = 'These runs can’t be compared';

/** Which of the runs stand in the way of a comparison, why, and what can be compared without them. @param runs bare ids */
export async function NotComparable({ runs }: { runs: readonly string[] }) {
  const { nodes } = await readOnServer(RunsToExplain, { ids: runs.map((id) => `Run_${id}`) });
  const found = runs.map((id) => ({
    id,
    run: nodes.find((node): node is Run => node?.__typename === 'Run' && bareId(node.id) === id),
  }));
  // The first with figures says which samples the others would have to be about.
  const basis = found.find(({ run }) => run?.evaluation)?.run;
  const fit = found.filter(({ run }) => reasonOf(run, basis) === undefined).map(({ id }) => id);
  const content = (
    <section className="panel" aria-label="What stands in the way" style={{ padding: 16 }}>
      <ul style={{ margin: 0, paddingLeft: 18, display: 'grid', gap: 6 }}>
        {found.map(({ id, run }) => {
          const reason = reasonOf(run, basis);
          return (
            reason !== undefined && (
              <li key={id} style={{ overflowWrap: 'anywhere' }}>
                {run ? (
                  <Link href={`/runs/${id}`}>
                    {run.name} #{id}
                  </Link>
                ) : (
                  <strong>#{id}</strong>
                )}{' '}
                {reason}
              </li>
            )
          );
        })}
      </ul>
      <p className="muted">A comparison goes sample by sample: all of its runs must have finished on the same ones.</p>
      {fit.length > 0 && (
        <LinkButton href={addressOf({ runs: fit })}>
          {fit.length > 1 ? `Compare the other ${fit.length}` : 'Choose another beside the one that is left'}
        </LinkButton>
      )}
    </section>
  );
  const experiment = (basis ?? found.find(({ run }) => run)?.run)?.experiment;
  if (experiment) {
    return (
      <CompareFrame experiment={experiment} title={TITLE}>
        {content}
      </CompareFrame>
    );
  }
  return (
    <div className="stack">
      <PageHead title={TITLE} />
      {content}
    </div>
  );
}

/** @returns undefined where nothing is wrong with the run */
function reasonOf(run: Run | undefined, basis: Run | undefined): string | undefined {
  if (!run) return 'is not there, or you may not see it.';
  if (!run.evaluation) return `has no figures: ${STATES[run.status]}.`;
  const [of, asked] = [run.experiment, basis!.experiment];
  if (of.datasetVersion?.id !== asked.datasetVersion?.id || of.split !== asked.split) {
    const version = of.datasetVersion;
    return `is about other samples${version ? `: ${version.dataset.name}, ${version.name}` : ''}, ${of.split?.toLowerCase() ?? 'all splits'}.`;
  }
  return undefined;
}
