import { count, duration } from '@/design/format';
import { RelativeTime } from '@/design/RelativeTime';
import type { TeamTurnFragment } from '@/generated/graphql';
import styles from './Executors.module.css';
import { QueuedRuns } from './QueuedRuns';
import type { QueueDeeds } from './queue-deeds';

/** What a team has in the queue, and when it is its turn. */
export function TeamQueue({ turn, deeds }: { turn: TeamTurnFragment; deeds: QueueDeeds }) {
  const { team, state, waitingShards, activeShards, recentSeconds, runs } = turn;
  const isNext = turn.turn === 1 && waitingShards > 0;
  return (
    <section className="panel" style={{ padding: '12px 4px 4px' }} aria-label={`Queue of ${team.name}`}>
      <div className="row spread" style={{ padding: '0 12px 8px' }}>
        <h3 className={styles.name}>
          <span
            className={styles.turn}
            data-next={isNext || undefined}
            title={isNext ? 'It is served next' : `Number ${turn.turn} in the order of turns`}
          >
            {turn.turn}
          </span>{' '}
          {team.name}
        </h3>
        <span className="muted" style={{ fontSize: 13 }}>
          {[
            `${count(state.running)} running`,
            `${count(state.queued)} queued`,
            ...(state.paused > 0 ? [`${count(state.paused)} paused`] : []),
            `${count(activeShards)} shards at work, ${count(waitingShards)} wait`,
            `${count(state.samples)} samples left`,
            `${duration(recentSeconds)} of models of late`,
          ].join(' · ')}
          {state.waitingSince != null && (
            <>
              {' '}
              · the longest waits since <RelativeTime value={state.waitingSince} />
            </>
          )}
        </span>
      </div>
      <QueuedRuns team={team.name} runs={runs.edges.map(({ node }) => node)} deeds={deeds} />
      {runs.pageInfo.hasNextPage && (
        <p className="muted" style={{ padding: '0 12px' }}>
          and more: the first {runs.edges.length} are shown
        </p>
      )}
    </section>
  );
}
