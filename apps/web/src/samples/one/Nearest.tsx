import Link from 'next/link';
import { bareId, count } from '@/design/format';
import type { SamplePageQuery } from '@/generated/graphql';
import { labelWords } from '../label';
import { Thumbnail } from '../Thumbnail';
import styles from './One.module.css';

type Sample = Extract<SamplePageQuery['node'], { __typename: 'Sample' }>;

/** Samples of the version that are the same picture, or look like it. */
export function Nearest({ sample }: { sample: Sample }) {
  const { nearest } = sample;
  return (
    <section className="panel" aria-label="Nearest duplicates">
      <h2 style={{ marginBottom: 4 }}>Nearest duplicates</h2>
      <p className="muted" style={{ margin: '0 0 10px', fontSize: 12.5 }}>
        {nearest.length === 0
          ? 'No other sample of the version looks like it.'
          : 'Samples of any split that look alike: of 64 bits of their hashes so many differ.'}
      </p>
      {nearest.length > 0 && (
        <ul className={styles.near}>
          {nearest.map(({ distance, sample: other }) => (
            <li key={other.id}>
              <Link
                href={`/samples/${bareId(other.id)}`}
                prefetch={false}
                style={{ color: 'inherit', fontSize: 12, lineHeight: '17px', display: 'block' }}
                aria-label={`Sample ${count(other.index)}, ${labelWords(other.label)}, ${other.split.toLowerCase()}, ${
                  distance == null ? 'the same bytes' : `${distance} bits differ`
                }`}
              >
                <Thumbnail url={other.image.url} />
                <span className="truncate" style={{ color: distance == null ? 'var(--wrong)' : undefined }}>
                  {distance == null ? 'same bytes' : `${distance} bits`}
                </span>
                <span
                  className="truncate"
                  style={{ color: other.label === sample.label ? 'var(--muted)' : 'var(--wrong)' }}
                >
                  {labelWords(other.label)}
                </span>
                <span className="truncate muted">{other.split.toLowerCase()}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
