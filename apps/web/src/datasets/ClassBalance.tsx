import Link from 'next/link';
import { DataTable, type Head } from '@/design/DataTable';
import { count } from '@/design/format';
import type { Split } from '@/generated/graphql';
import { EVERYTHING, SPLITS, writeView } from '@/samples/view';
import styles from './Datasets.module.css';

interface Props {
  labels: readonly string[];
  balance: readonly { label: string; split: Split; count: number }[];
  /** Of the version's gallery. */
  gallery: string;
}

/** From the split that is learned from to that of the final figures. */
const SHADES: Record<Split, number> = { TRAIN: 1, VALIDATION: 0.6, TEST: 0.3 };

/** Samples of each class by split, as figures that open them and as bars on one scale. */
export function ClassBalance({ labels, balance, gallery }: Props) {
  const splits = SPLITS.filter((split) => balance.some((one) => one.split === split));
  const of = (label: string, split?: Split): number =>
    balance
      .filter((one) => one.label === label && (split === undefined || one.split === split))
      .reduce((sum, one) => sum + one.count, 0);
  const largest = Math.max(1, ...labels.map((label) => of(label)));
  const heads: Head[] = [
    { label: 'Class' },
    ...splits.map((split): Head => ({ label: split.toLowerCase(), number: true })),
    ...(splits.length > 1 ? [{ label: 'All', number: true }] : []),
    { label: 'Share', hidden: true },
  ];
  const cell = (label: string, split?: Split) => {
    const samples = of(label, split);
    const view = { ...EVERYTHING, labels: [label], splits: split ? [split] : [] };
    return (
      <td key={split ?? 'all'} className="number">
        {samples === 0 ? (
          <span style={{ color: 'var(--wrong)' }}>0</span>
        ) : (
          <Link href={`${gallery}${writeView(view)}`}>{count(samples)}</Link>
        )}
      </td>
    );
  };
  return (
    <DataTable label="Samples by class and split" heads={heads}>
      {labels.map((label) => (
        <tr key={label}>
          <td style={{ maxWidth: 200 }}>
            <span className="truncate" title={label}>
              {label}
            </span>
          </td>
          {splits.map((split) => cell(label, split))}
          {splits.length > 1 && cell(label)}
          <td style={{ width: '45%', minWidth: 120 }}>
            <span
              aria-hidden="true"
              className={styles['balance-bar']}
              style={{ width: `${(of(label) / largest) * 100}%` }}
            >
              {splits.map((split) => (
                <span
                  key={split}
                  title={split.toLowerCase()}
                  style={{ flex: of(label, split), background: 'var(--accent)', opacity: SHADES[split] }}
                />
              ))}
            </span>
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
