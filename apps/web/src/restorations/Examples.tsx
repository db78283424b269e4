import Link from 'next/link';
import { BeforeAfter } from '@/design/BeforeAfter';
import { bareId } from '@/design/format';
import type { RestoredExamplesQuery } from '@/generated/graphql';
import styles from './Steps.module.css';

const SIDE = 148;

type Prediction = Extract<RestoredExamplesQuery['node'], { __typename: 'Run' }>['predictions']['edges'][number]['node'];

/** Samples of a run before and after. */
export function Examples({ predictions }: { predictions: readonly Prediction[] }) {
  return (
    <div className={styles.examples}>
      {predictions.map(
        ({ sample, restoredImage }) =>
          restoredImage && (
            <div key={sample.id}>
              <BeforeAfter
                before={{ url: sample.image.url, alt: `Sample ${sample.index}` }}
                after={{ url: restoredImage.url, alt: `Sample ${sample.index}, restored` }}
                side={SIDE}
                label={`Sample ${sample.index}: original on the left, restored on the right`}
              />
              <Link href={`/samples/${bareId(sample.id)}`} className="muted" style={{ fontSize: 12 }}>
                Sample {sample.index}
              </Link>
            </div>
          ),
      )}
    </div>
  );
}
