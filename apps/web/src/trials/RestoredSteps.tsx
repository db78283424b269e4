import { figure } from '@/design/format';
import type { TrialStateFragment } from '@/generated/graphql';
import styles from './Trial.module.css';

type Step = TrialStateFragment['restoration'][number];

/** What each step of a restoration made of the picture, and what that changed. */
export function RestoredSteps({ steps }: { steps: readonly Step[] }) {
  const [only] = steps;
  // A single one is in the comparison already.
  if (only && steps.length === 1) {
    return (
      <p className="muted" style={{ margin: 0, fontSize: 12.5 }}>
        <span style={{ color: 'var(--ink)', fontWeight: 550 }}>{only.kind}</span> {facts(only).join(' · ')}
      </p>
    );
  }
  return (
    <div className={styles.steps}>
      {steps.map((made) => (
        <figure key={made.step}>
          <img src={made.image.url} alt={`After step ${made.step + 1}, ${made.kind}`} />
          <figcaption>
            <span style={{ color: 'var(--ink)', fontWeight: 550 }}>
              {made.step + 1}. {made.kind}
            </span>
            {facts(made).map((fact) => (
              <span key={fact} style={{ display: 'block' }}>
                {fact}
              </span>
            ))}
          </figcaption>
        </figure>
      ))}
    </div>
  );
}

function facts({ faces, quality }: Step): string[] {
  return [
    ...(faces == null ? [] : [faces === 0 ? 'no face found' : `${faces} ${faces === 1 ? 'face' : 'faces'} restored`]),
    ...(quality?.psnr == null ? [] : [`PSNR ${quality.psnr.toFixed(1)} dB`]),
    ...(quality?.ssim == null ? [] : [`SSIM ${quality.ssim.toFixed(3)}`]),
    ...changed('sharpness', quality?.before.sharpness, quality?.after.sharpness),
    ...changed('noise', quality?.before.noise, quality?.after.noise),
  ];
}

const changed = (what: string, before: number | null | undefined, after: number | null | undefined): string[] =>
  before == null || after == null ? [] : [`${what} ${figure(before)} → ${figure(after)}`];
