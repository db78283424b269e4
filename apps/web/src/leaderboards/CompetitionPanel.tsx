import type { ReactNode } from 'react';
import { count } from '@/design/format';
import { RelativeTime } from '@/design/RelativeTime';
import type { CompetitionRuleFragment, CompetitionState } from '@/generated/graphql';
import styles from './Competition.module.css';

const STATES: Record<CompetitionState, string> = {
  UPCOMING: 'It has not opened yet.',
  OPEN: 'Open: it takes submissions, and ranks them by the public part.',
  CLOSED: 'Closed: the private part, which decides, is still to be revealed.',
  REVEALED: 'Over: the private part has decided.',
};

/** Where a competition is, and how the reader stands to it. */
export function CompetitionPanel({ competition }: { competition: CompetitionRuleFragment }) {
  const { state, samples, publicSamples, entrants, submissions, dailyLimit, opensAt, closesAt, viewer } = competition;
  return (
    <section className="panel stack" style={{ gap: 12 }} aria-label="Competition">
      <p style={{ margin: 0, fontWeight: 570 }}>{STATES[state]}</p>
      <dl className={styles.facts}>
        {state === 'UPCOMING' && opensAt != null && (
          <Fact name="Opens">
            <RelativeTime value={opensAt} />
          </Fact>
        )}
        <Fact name={state === 'OPEN' || state === 'UPCOMING' ? 'Closes' : 'Closed'}>
          <time dateTime={closesAt}>{closesAt.slice(0, 16).replace('T', ' ')} UTC</time>
        </Fact>
        <Fact name="Samples">{count(samples)}</Fact>
        <Fact name="Public part">{count(publicSamples)}</Fact>
        <Fact name="Entrants">{count(entrants)}</Fact>
        <Fact name="Submissions">{count(submissions)}</Fact>
        <Fact name="Yours today">
          {count(viewer.submissionsToday)} of {count(dailyLimit)}
        </Fact>
      </dl>
    </section>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
