import type { SamplePageQuery } from '@/generated/graphql';
import { PictureLink } from '../PictureLink';
import styles from './One.module.css';

type Sample = Extract<SamplePageQuery['node'], { __typename: 'Sample' }>;

/** Samples of the version that are the same picture, or look like it. */
export function Nearest({ sample }: { sample: Sample }) {
  const { nearest } = sample;
  const near = sample.datasetVersion.audit?.maximumDistance ?? 0;
  return (
    <section className="panel" aria-label="Nearest duplicates">
      <h2 style={{ marginBottom: 4 }}>Nearest duplicates</h2>
      <p className="muted" style={{ margin: '0 0 10px', fontSize: 12.5 }}>
        {nearest.length === 0
          ? 'No other sample of the version looks like it.'
          : `By how many of the 64 bits of their hashes differ; up to ${near} it is mostly the same picture.`}
      </p>
      {nearest.length > 0 && (
        <ul className={styles.near}>
          {nearest.map(({ distance, sample: other }) => (
            <li key={other.id}>
              <PictureLink
                sample={other}
                note={distance == null ? 'same bytes' : `${distance} bits`}
                doubtful={{ note: distance == null, label: (distance ?? 0) <= near && other.label !== sample.label }}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
