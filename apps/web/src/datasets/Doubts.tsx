import Link from 'next/link';
import { count } from '@/design/format';
import type { AuditSummaryFragment, Split } from '@/generated/graphql';
import { EVERYTHING, writeView } from '@/samples/view';
import styles from './Datasets.module.css';

interface Doubt {
  label: string;
  value: number;
  href?: string;
  /** What it means, and what to do. */
  about: string;
  /** Found, it is a fault, and not only a fact. */
  grave: boolean;
}

/** How many kinds of doubt an audit raises. */
export const doubtsOf = (audit: AuditSummaryFragment): number =>
  doubts(audit, '').filter(({ grave, value }) => grave && value > 0).length;

/** What an audit has found, each as a figure that opens the samples behind it. */
export function Doubts({ audit, address }: { audit: AuditSummaryFragment; address: string }) {
  return (
    <ul className={styles.figures} aria-label="What the audit found">
      {doubts(audit, address).map(({ label, value, href, about, grave }) => (
        <li key={label} className="panel" title={about}>
          <span className={styles.figure} style={{ color: grave && value > 0 ? 'var(--wrong)' : undefined }}>
            {count(value)}
          </span>
          <span style={{ display: 'block', fontWeight: 560 }}>
            {href !== undefined && value > 0 ? <Link href={href}>{label}</Link> : label}
          </span>
          <span className="muted" style={{ display: 'block', marginTop: 2, fontSize: 12 }}>
            {about}
          </span>
        </li>
      ))}
    </ul>
  );
}

function doubts(audit: AuditSummaryFragment, address: string): Doubt[] {
  const samples = `${address}/samples`;
  return [
    {
      label: 'Leaked samples',
      value: audit.leakedSamples,
      href: `${address}/audit`,
      about: 'stand in an earlier split, too: a model may have learned them',
      grave: true,
    },
    {
      label: 'Label conflicts',
      value: audit.conflicts,
      href: `${address}/audit?show=conflicts`,
      about: 'the same picture, or nearly, under several labels',
      grave: true,
    },
    {
      label: 'Exact duplicates',
      value: audit.exactGroups,
      href: `${address}/audit?show=all&kind=exact`,
      about: 'groups of samples with the same bytes',
      grave: false,
    },
    {
      label: 'Look-alikes',
      value: audit.alikeGroups + audit.nearPairs,
      href: `${address}/audit?show=all&kind=near`,
      about: `groups and pairs of pictures that differ by at most ${audit.maximumDistance} of 64 bits`,
      grave: false,
    },
    {
      label: 'Blank images',
      value: audit.blankImages,
      href: `${samples}${writeView({ ...EVERYTHING, blank: true })}`,
      about: 'show nothing',
      grave: true,
    },
    {
      label: 'Unreadable images',
      value: audit.unreadableImages,
      href: `${samples}${writeView({ ...EVERYTHING, unreadable: true })}`,
      about: 'can not be decoded any more',
      grave: true,
    },
  ];
}

/** Which split leaks into which, with the way to the samples. */
export function Leaks({ audit, address }: { audit: AuditSummaryFragment; address: string }) {
  if (audit.leaks.length === 0) return null;
  const sizeOf = (split: Split): number => audit.balance.find((one) => one.split === split)?.samples ?? 0;
  return (
    <ul className={styles.leaks} aria-label="Leaks between splits">
      {audit.leaks.map(({ from, to, samples, exact }) => (
        <li key={`${from} ${to}`}>
          <Link href={`${address}/samples${writeView({ ...EVERYTHING, splits: [to], leakedFrom: [from] })}`}>
            {count(samples)} of {count(sizeOf(to))} {to.toLowerCase()} samples
          </Link>{' '}
          <span className="muted">
            ({((100 * samples) / Math.max(1, sizeOf(to))).toFixed(1)} %) stand in {from.toLowerCase()}, too;{' '}
            {count(exact)} of them byte for byte
          </span>
        </li>
      ))}
    </ul>
  );
}
