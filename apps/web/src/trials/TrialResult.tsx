import { BeforeAfter } from '@/design/BeforeAfter';
import { duration, percent } from '@/design/format';
import type { TrialStateFragment } from '@/generated/graphql';
import { RestoredSteps } from './RestoredSteps';
import styles from './Trial.module.css';

const SIDE = 208;
/** Of many classes the highest. */
const MOST_SCORES = 10;

interface Props {
  trial: TrialStateFragment;
  /** The picture as the browser has it. */
  original: string;
  /** Another one is on its way. */
  stale: boolean;
}

/** What came of a trial: the class and the scores, what a language model wrote, the picture before and after, the time. */
export function TrialResult({ trial, original, stale }: Props) {
  const { result, restoration, fileName } = trial;
  if (!result) return null;
  const { prediction } = result;
  const last = restoration.at(-1);
  return (
    <div className={`stack ${stale ? styles.stale : ''}`} style={{ gap: 14 }} aria-busy={stale}>
      <div className={styles.result}>
        <div>
          {last ? (
            <BeforeAfter
              before={{ url: original, alt: fileName }}
              after={{ url: last.image.url, alt: `${fileName}, restored` }}
              side={SIDE}
              label="Original on the left, restored on the right"
            />
          ) : (
            <img
              className={styles.picture}
              src={original}
              alt={fileName}
              style={{ imageRendering: result.width < SIDE ? 'pixelated' : 'auto' }}
            />
          )}
          <div className="muted" style={{ fontSize: 12, marginTop: 4 }}>
            {result.width} × {result.height}
            {last && ' · drag to compare'}
          </div>
        </div>
        {prediction && (
          <div className="stack" style={{ gap: 10 }}>
            <p style={{ margin: 0, fontSize: 17 }}>
              <strong>{prediction.predicted ?? 'No class'}</strong>
              {prediction.confidence != null && <span className="muted"> {percent(prediction.confidence)} %</span>}
              {prediction.predicted == null && (
                <span className="muted" style={{ display: 'block', fontSize: 13 }}>
                  What it wrote names none of its classes, or several.
                </span>
              )}
            </p>
            <Scores scores={prediction.scores} />
            {prediction.answer?.text != null && (
              <blockquote className={styles.words} tabIndex={0} aria-label="What the model wrote">
                {prediction.answer.text}
              </blockquote>
            )}
          </div>
        )}
      </div>
      {restoration.length > 0 && <RestoredSteps steps={restoration} />}
      <p className="muted" style={{ margin: 0, fontSize: 12.5 }}>
        {timesOf(trial).join(' · ')}
      </p>
    </div>
  );
}

function timesOf({ result, restoration }: TrialStateFragment): string[] {
  if (!result) return [];
  const { prediction, loadSeconds, preprocessingSeconds, cachedSteps, executor } = result;
  const found = cachedSteps > 0 ? `, ${cachedSteps} of ${restoration.length} steps found restored` : '';
  return [
    ...(prediction ? [`model ${short(prediction.latencyMicros / 1e6)}`] : []),
    `preparation ${short(preprocessingSeconds)}${found}`,
    loadSeconds < 0.05 ? 'model was loaded' : `loaded in ${short(loadSeconds)}`,
    `on ${executor}`,
  ];
}

const short = (seconds: number): string => (seconds < 1 ? `${(seconds * 1000).toFixed(1)} ms` : duration(seconds));

function Scores({ scores }: { scores: readonly { label: string; score: number }[] }) {
  if (scores.length === 0) return null;
  const sorted = [...scores].sort((a, b) => b.score - a.score).slice(0, MOST_SCORES);
  return (
    <ol aria-label="Scores" className={styles.scores}>
      {sorted.map(({ label, score }) => (
        <li key={label}>
          <span className={`truncate ${styles.label}`} title={label}>
            {label}
          </span>
          <span aria-hidden="true" className={styles.axis}>
            <span className={styles.bar} style={{ width: `${score * 100}%` }} />
          </span>
          <span className="number muted">{percent(score)} %</span>
        </li>
      ))}
    </ol>
  );
}
