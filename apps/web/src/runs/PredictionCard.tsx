import Link from 'next/link';
import { BeforeAfter } from '@/design/BeforeAfter';
import { bareId, percent } from '@/design/format';
import type { PredictionCardFragment } from '@/generated/graphql';
import { DifferencePicture } from './DifferencePicture';
import styles from './PredictionCard.module.css';
import { ScoreBars } from './ScoreBars';

const SIDE = 96;

const ENDED = {
  PREDICTED: 'none',
  ABSTAINED: 'abstained',
  UNPARSEABLE: 'not understood',
  FAILED: 'failed',
} as const satisfies Record<PredictionCardFragment['status'], string>;

/** One sample: original and restored, truth, prediction, the highest scores, what a language model wrote. */
export function PredictionCard({ prediction }: { prediction: PredictionCardFragment }) {
  const { sample, predicted, correct, restoredImage, scores, confidence, status, before, rawText, loss } = prediction;
  const address = `/samples/${bareId(sample.id)}`;
  return (
    <article className={`panel ${styles.card}`} aria-label={`Sample ${sample.index}`}>
      <div className={styles.pictures}>
        {restoredImage ? (
          <>
            <BeforeAfter
              before={{ url: sample.image.url, alt: `Sample ${sample.index}, ${sample.label ?? 'label hidden'}` }}
              after={{ url: restoredImage.url, alt: `Sample ${sample.index}, restored` }}
              side={SIDE}
              label={`Sample ${sample.index}: original on the left, restored on the right`}
            />
            <DifferencePicture
              original={sample.image.url}
              restored={restoredImage.url}
              alt={`Sample ${sample.index}, difference`}
              side={SIDE}
            />
          </>
        ) : (
          <Link href={address} tabIndex={-1}>
            <img
              className="pixelated"
              src={sample.image.url}
              alt={`Sample ${sample.index}, ${sample.label ?? 'label hidden'}`}
              width={SIDE}
              height={SIDE}
              loading="lazy"
              style={{ objectFit: 'contain' }}
            />
          </Link>
        )}
      </div>
      <p className={styles.answer}>
        <span className="muted">{sample.label ?? 'label hidden'}</span> <span aria-hidden="true">→</span>{' '}
        <strong style={correct == null ? {} : { color: correct ? 'var(--right)' : 'var(--wrong)' }}>
          {predicted ?? ENDED[status]} {correct != null && (correct ? '✓' : '✗')}
        </strong>
        {correct != null && <span className="visually-hidden">{correct ? ' right' : ' wrong'}</span>}
        {confidence != null && <span className="muted"> {percent(confidence)} %</span>}
        {before && (
          <span className="muted" style={{ display: 'block' }}>
            the reference: {before.predicted}
            {before.confidence != null && ` ${percent(before.confidence)} %`}
          </span>
        )}
      </p>
      <ScoreBars scores={scores} truth={sample.label ?? null} predicted={predicted ?? null} />
      {rawText != null && (
        <blockquote className={styles.words} tabIndex={0} aria-label="What the model wrote">
          {rawText}
        </blockquote>
      )}
      <p className={styles.source} title={sample.source ?? undefined}>
        <Link href={address} aria-label={`Open sample ${sample.index}`}>
          #{sample.index}
        </Link>{' '}
        {loss != null && <span title="Negative logarithm of the true class's score">loss {loss.toFixed(2)} · </span>}
        {sample.source}
      </p>
    </article>
  );
}
