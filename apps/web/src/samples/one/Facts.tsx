import Link from 'next/link';
import type { ReactNode } from 'react';
import { Digest } from '@/design/Digest';
import { bareId, bytes, count } from '@/design/format';
import type { SamplePageQuery } from '@/generated/graphql';
import { writeView, EVERYTHING } from '../view';
import styles from './One.module.css';

type Sample = Extract<SamplePageQuery['node'], { __typename: 'Sample' }>;

/** What is known of a sample by itself. */
export function Facts({ sample }: { sample: Sample }) {
  const { index, split, label, source, image, measurements, datasetVersion } = sample;
  const gallery = `/datasets/${bareId(datasetVersion.id)}/samples`;
  return (
    <section className="panel" aria-label="Facts">
      <dl className={styles.facts}>
        <Fact name="Truth">
          {label == null ? (
            'hidden by a leaderboard'
          ) : (
            <Link href={`${gallery}${writeView({ ...EVERYTHING, labels: [label] })}`} style={{ fontWeight: 600 }}>
              {label}
            </Link>
          )}
        </Fact>
        <Fact name="Split">
          <Link href={`${gallery}${writeView({ ...EVERYTHING, splits: [split] })}`}>{split.toLowerCase()}</Link>
        </Fact>
        <Fact name="Index">{count(index)}</Fact>
        {source != null && <Fact name="Source">{source}</Fact>}
        {measurements?.readable && (
          <>
            <Fact name="Size">
              {measurements.width} × {measurements.height} pixels
            </Fact>
            <Fact name="Brightness">{figure(measurements.brightness)} of 255</Fact>
            <Fact name="Contrast">
              {figure(measurements.contrast)}
              {measurements.blank && <span style={{ color: 'var(--wrong)' }}> · shows nothing</span>}
            </Fact>
            <Fact name="Sharpness">{figure(measurements.sharpness)}</Fact>
          </>
        )}
        {measurements?.readable === false && (
          <Fact name="Picture">
            <span style={{ color: 'var(--wrong)' }}>It can not be read any more.</span>
          </Fact>
        )}
        {!measurements && <Fact name="Picture">It has not been measured yet.</Fact>}
        <Fact name="File">
          {image.mediaType.replace('image/', '').toUpperCase()}, {bytes(Number(image.size))},{' '}
          <Digest value={image.digest} />
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

const figure = (value: number | null | undefined): string =>
  value == null ? '–' : value >= 1000 ? count(Math.round(value)) : value.toFixed(1);
