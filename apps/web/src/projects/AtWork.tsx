'use client';

import { Progress } from '@mantine/core';
import Link from 'next/link';
import { bareId, count } from '@/design/format';
import type { RunLineFragment } from '@/generated/graphql';
import { useProjectRuns } from './use-project-runs';

/** Cards that are shown; a number stands for the others. */
const SHOWN = 6;

interface Props {
  projectId: string;
  home: string;
  initial: readonly RunLineFragment[];
}

/** The runs that are at work or wait, live; nothing where there are none. */
export function AtWork({ projectId, home, initial }: Props) {
  const runs = useProjectRuns(projectId, initial);
  if (runs.length === 0) return null;
  const more = runs.length - SHOWN;
  return (
    <section aria-label="At work">
      <div className="row spread" style={{ marginBottom: 8 }}>
        <h2>At work</h2>
        {more > 0 && (
          <Link href={`${home}/runs?search=${encodeURIComponent('status in (running, queued)')}`}>
            {count(more)} more
          </Link>
        )}
      </div>
      <ul className="cards plain-list">
        {runs.slice(0, SHOWN).map((run) => (
          <Card key={run.id} {...run} />
        ))}
      </ul>
    </section>
  );
}

function Card({ id, name, status, sampleDone, sampleTotal, experiment }: RunLineFragment) {
  const share = sampleTotal === 0 ? 0 : (100 * sampleDone) / sampleTotal;
  return (
    <li className="panel work-card">
      <Link href={`/runs/${bareId(id)}`} className="truncate" style={{ fontWeight: 570 }} title={name}>
        {name}
      </Link>
      <span className="truncate muted" title={experiment.name}>
        {experiment.name}
      </span>
      {status === 'RUNNING' && sampleTotal > 0 ? (
        <>
          <Progress value={share} size="sm" aria-label={`${Math.round(share)} % of the samples`} />
          <span className="muted">
            {count(sampleDone)} of {count(sampleTotal)} samples
          </span>
        </>
      ) : (
        <span className="muted">{status === 'RUNNING' ? 'running' : 'waits for its turn'}</span>
      )}
    </li>
  );
}
