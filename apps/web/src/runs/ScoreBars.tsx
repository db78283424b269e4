import { percent } from '@/design/format';
import type { PredictionCardFragment } from '@/generated/graphql';
import styles from './PredictionCard.module.css';

/** All of few classes; of many the highest, and the true one. */
const ALL = 8;
const HIGHEST = 5;

interface Props {
  scores: PredictionCardFragment['scores'];
  truth: string | null;
  predicted: string | null;
}

/** What the model believed in, as bars. */
export function ScoreBars({ scores, truth, predicted }: Props) {
  const shown = highestScores(scores, truth);
  if (shown.length === 0) return null;
  return (
    <ul aria-label="Scores" className={styles.scores}>
      {shown.map(({ label, score }) => (
        <li key={label} title={`${label}: ${percent(score)} %`}>
          <span className="truncate" style={{ fontWeight: label === truth ? 650 : 400 }}>
            {label}
          </span>
          <span aria-hidden="true" className={styles.axis}>
            <span
              className={styles.bar}
              data-is={label === truth ? 'truth' : label === predicted ? 'wrong' : undefined}
              style={{ width: `${Math.max(0, Math.min(1, score)) * 100}%` }}
            />
          </span>
          <span className="number muted">{(score * 100).toFixed(1)}</span>
        </li>
      ))}
    </ul>
  );
}

/** In the order of the labels where all have room, else the highest first. */
function highestScores(scores: Props['scores'], truth: string | null): Props['scores'] {
  if (scores.length <= ALL) return scores;
  const sorted = [...scores].sort((a, b) => b.score - a.score);
  const first = sorted.slice(0, HIGHEST);
  return first.some(({ label }) => label === truth)
    ? first
    : [...first, ...sorted.filter(({ label }) => label === truth)];
}
