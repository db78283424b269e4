import { percent } from '@/design/format';
import type { PredictionCardFragment } from '@/generated/graphql';
import { DifferencePicture } from './DifferencePicture';

const SIDE = 96;

/** One sample: original beside restored, truth, prediction and the scores of all classes. */
export function PredictionCard({ prediction }: { prediction: PredictionCardFragment }) {
  const { sample, predicted, correct, restoredImage, scores, confidence, status, before } = prediction;
  return (
    <article className="panel" style={{ padding: 10 }} aria-label={`Sample ${sample.index}`}>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
        <Picture
          url={sample.image.url}
          caption={restoredImage ? 'original' : `#${sample.index}`}
          alt={`Sample ${sample.index}, ${sample.label ?? 'label hidden'}`}
        />
        {restoredImage && (
          <>
            <Picture url={restoredImage.url} caption="restored" alt={`Sample ${sample.index}, restored`} />
            <DifferencePicture
              original={sample.image.url}
              restored={restoredImage.url}
              alt={`Sample ${sample.index}, difference`}
              side={SIDE}
            />
          </>
        )}
      </div>
      <p style={{ margin: '8px 0 6px', fontSize: 13 }}>
        <span className="muted">{sample.label ?? 'label hidden'}</span> <span aria-hidden="true">→</span>{' '}
        <strong style={correct == null ? {} : { color: correct ? 'var(--right)' : 'var(--wrong)' }}>
          {predicted ?? status.toLowerCase()} {correct != null && (correct ? '✓' : '✗')}
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
      <ul
        aria-label="Scores"
        style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 2, fontSize: 11.5 }}
      >
        {scores.map(({ label, score }) => (
          <li
            key={label}
            style={{ display: 'grid', gridTemplateColumns: '62px 1fr 34px', gap: 6, alignItems: 'center' }}
            title={`${label}: ${percent(score)} %`}
          >
            <span className="truncate" style={{ fontWeight: label === sample.label ? 650 : 400 }}>
              {label}
            </span>
            <span aria-hidden="true" style={{ height: 6, background: 'var(--line)', borderRadius: 2 }}>
              <span
                style={{
                  display: 'block',
                  height: '100%',
                  borderRadius: 2,
                  width: `${Math.max(0, Math.min(1, score)) * 100}%`,
                  background:
                    label === sample.label ? 'var(--right)' : label === predicted ? 'var(--wrong)' : 'var(--muted)',
                }}
              />
            </span>
            <span className="number muted">{(score * 100).toFixed(1)}</span>
          </li>
        ))}
      </ul>
      <p className="truncate muted" style={{ margin: '6px 0 0', fontSize: 11 }} title={sample.source ?? undefined}>
        #{sample.index}
        {sample.source !== null && ` · ${sample.source}`}
      </p>
    </article>
  );
}

function Picture({ url, caption, alt }: { url: string; caption: string; alt: string }) {
  return (
    <figure style={{ margin: 0 }}>
      <img
        className="pixelated"
        src={url}
        alt={alt}
        width={SIDE}
        height={SIDE}
        loading="lazy"
        style={{ objectFit: 'contain' }}
      />
      <figcaption className="muted" style={{ fontSize: 11 }}>
        {caption}
      </figcaption>
    </figure>
  );
}
