import { count } from '@/design/format';
import type { SamplePageQuery } from '@/generated/graphql';
import styles from './One.module.css';

type Predictions = Extract<SamplePageQuery['node'], { __typename: 'Sample' }>['predictions'];

interface Props {
  /** None where it is hidden. */
  truth: string | null;
  predictions: Predictions;
}

/** Which classes the runs say, the most frequent first: whether a sample is hard, and what it is taken for. */
export function Votes({ truth, predictions }: Props) {
  const said = predictions.edges.map(({ node }) => node.predicted);
  const votes = new Map<string, number>();
  for (const label of said) if (label != null) votes.set(label, (votes.get(label) ?? 0) + 1);
  const silent = said.filter((label) => label == null).length;
  const rows = [...votes].sort(([, a], [, b]) => b - a);
  if (rows.length === 0) return null;
  return (
    <section className="panel" aria-label="What runs take it for">
      <h2 style={{ marginBottom: 8 }}>What runs take it for</h2>
      <ul className={styles.votes}>
        {rows.map(([label, runs]) => {
          const colour = truth === null ? 'var(--accent)' : label === truth ? 'var(--right)' : 'var(--wrong)';
          return (
            <li key={label}>
              <span className="truncate" title={label} style={{ fontWeight: label === truth ? 600 : 400 }}>
                {label}
              </span>
              <span className={styles.track} aria-hidden="true">
                <span style={{ width: `${(runs / said.length) * 100}%`, background: colour }} />
              </span>
              <span className="number">{count(runs)}</span>
            </li>
          );
        })}
      </ul>
      <p className="muted" style={{ margin: '8px 0 0', fontSize: 12.5 }}>
        {predictions.pageInfo.hasNextPage ? `The newest ${said.length} runs` : runsInWords(said.length)}
        {silent > 0 && `, ${count(silent)} of them without an answer`}.
      </p>
    </section>
  );
}

const runsInWords = (runs: number): string => `${count(runs)} ${runs === 1 ? 'run' : 'runs'}`;
