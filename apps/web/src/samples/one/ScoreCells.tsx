import { percent } from '@/design/format';
import styles from './One.module.css';

/** Beyond so many classes only the highest scores are shown. */
export const SCORE_COLUMNS = 10;
const HIGHEST = 3;

interface Props {
  scores: readonly { label: string; score: number }[];
  labels: readonly string[];
  truth: string | null;
  predicted: string | null | undefined;
  wide: boolean;
}

/** The scores of a prediction, each over a bar of its length: one cell for each class, or one for the highest. */
export function ScoreCells({ scores, labels, truth, predicted, wide }: Props) {
  const colourOf = (label: string): string =>
    label === truth ? 'var(--right)' : label === predicted ? 'var(--wrong)' : 'var(--muted)';
  if (!wide) {
    const highest = [...scores].sort((a, b) => b.score - a.score).slice(0, HIGHEST);
    return (
      <td style={{ whiteSpace: 'nowrap' }}>
        {highest.length === 0 ? '–' : highest.map(({ label, score }) => `${label} ${percent(score)}`).join(', ')}
      </td>
    );
  }
  const scoreOf = new Map(scores.map(({ label, score }) => [label, score]));
  return labels.map((label) => {
    const score = scoreOf.get(label);
    return (
      <td key={label} className="number" style={{ padding: '4px 3px' }}>
        {score === undefined ? (
          <span className="muted">–</span>
        ) : (
          <span className={styles.score} style={{ fontWeight: label === truth || label === predicted ? 600 : 400 }}>
            <span
              className={styles.fill}
              aria-hidden="true"
              style={{ width: `${Math.max(0, Math.min(1, score)) * 100}%`, background: colourOf(label) }}
            />
            {(score * 100).toFixed(1)}
          </span>
        )}
      </td>
    );
  });
}
