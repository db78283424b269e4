'use client';

import { Alert } from '@mantine/core';
import Link from 'next/link';
import { Empty } from '@/design/Empty';
import { count } from '@/design/format';
import { usePoll } from '@/design/use-poll';
import type { ExecutorsPageQuery } from '@/generated/graphql';
import { ExecutorsPage } from './documents';
import { ExecutorCard } from './ExecutorCard';
import styles from './Executors.module.css';
import { queueDeeds } from './queue-deeds';
import { TeamQueue } from './TeamQueue';

/** Executors say every three seconds that they are there. */
const POLL_SECONDS = 3;

/** Executors and their queue, as they are now. */
export function LiveExecutors({ initial }: { initial: ExecutorsPageQuery }) {
  const { data, error, refresh } = usePoll(ExecutorsPage, {}, initial, POLL_SECONDS);
  const executors = data.executors.edges.map(({ node }) => node);
  const there = executors.filter(({ status }) => status === 'RUNNING');
  const gone = executors.filter(({ status }) => status !== 'RUNNING');
  const { teams, others } = data.queue;
  const deeds = queueDeeds(refresh);
  const isWaiting = teams.some(({ waitingShards }) => waitingShards > 0);
  return (
    <div className="stack">
      {error !== undefined && (
        <Alert color="red" role="alert" title="This is not how things stand now">
          {error} It is read again every {POLL_SECONDS} seconds.
        </Alert>
      )}
      <section className="stack" style={{ gap: 12 }} aria-labelledby="executors">
        <h2 id="executors">
          Executors <span className="muted">{count(there.length)} there</span>
        </h2>
        {there.length === 0 ? (
          <Empty title="No executor is there.">
            {isWaiting ? 'What waits goes on as soon as one is started. ' : ''}
            <code>npm start</code> starts one; more of them, also on other machines, share the queue by its database.
          </Empty>
        ) : (
          <div className={styles.cards}>
            {there.map((executor) => (
              <ExecutorCard key={executor.id} executor={executor} />
            ))}
          </div>
        )}
        {gone.length > 0 && (
          <details>
            <summary className="muted" style={{ cursor: 'pointer' }}>
              {count(gone.length)} ended within a day
            </summary>
            <div className={styles.cards} style={{ marginTop: 12 }}>
              {gone.map((executor) => (
                <ExecutorCard key={executor.id} executor={executor} />
              ))}
            </div>
          </details>
        )}
      </section>
      <section className="stack" style={{ gap: 12 }} aria-labelledby="queue">
        <div>
          <h2 id="queue">Queue</h2>
          <p className="muted" style={{ margin: '4px 0 0', fontSize: 13, maxWidth: 820 }}>
            Teams take turns: the one for which models have worked the least of late is next. Within a team runs go by
            priority, then by age.
          </p>
        </div>
        {teams.length === 0 && (
          <Empty title="Nothing waits.">
            Runs come here when they are queued: from an experiment’s plan, or by cloning a run.{' '}
            <Link href="/">To the projects</Link>
          </Empty>
        )}
        {teams.map((turn) => (
          <TeamQueue key={turn.team.id} turn={turn} deeds={deeds} />
        ))}
        {others.teams > 0 && (
          <p className="muted" style={{ margin: 0 }}>
            {count(others.teams)} other {others.teams === 1 ? 'team has' : 'teams have'} {count(others.activeShards)}{' '}
            shards at work and {count(others.waitingShards)} waiting.
          </p>
        )}
      </section>
    </div>
  );
}
