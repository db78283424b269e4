import { count } from '@/design/format';
import type { Split } from '@/generated/graphql';

interface Props {
  labels: readonly string[];
  balance: readonly { label: string; split: Split; count: number }[];
}

/** Samples of each class by split, as figures and as bars on one scale. */
export function ClassBalance({ labels, balance }: Props) {
  const splits = (['TRAIN', 'VALIDATION', 'TEST'] as const).filter((s) => balance.some((b) => b.split === s));
  const of = (label: string, split?: Split): number =>
    balance
      .filter((b) => b.label === label && (split === undefined || b.split === split))
      .reduce((sum, b) => sum + b.count, 0);
  const largest = Math.max(1, ...labels.map((label) => of(label)));
  return (
    <div className="scroll">
      <table className="data" aria-label="Samples by class and split">
        <thead>
          <tr>
            <th scope="col">Class</th>
            {splits.map((split) => (
              <th key={split} scope="col" className="number">
                {split.toLowerCase()}
              </th>
            ))}
            <th scope="col" className="number">
              All
            </th>
            <th scope="col" style={{ width: '50%' }}>
              <span className="visually-hidden">Share</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {labels.map((label) => (
            <tr key={label}>
              <td>{label}</td>
              {splits.map((split) => (
                <td key={split} className="number">
                  {count(of(label, split))}
                </td>
              ))}
              <td className="number">{count(of(label))}</td>
              <td>
                <span
                  aria-hidden="true"
                  style={{
                    display: 'block',
                    height: 8,
                    width: `${(of(label) / largest) * 100}%`,
                    minWidth: 2,
                    background: 'var(--accent)',
                    borderRadius: 2,
                  }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
