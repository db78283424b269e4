import styles from '@/design/Heatmap.module.css';

interface Matrix {
  labels: readonly string[];
  counts: readonly (readonly number[])[];
  none: readonly number[];
}

/** How many samples more or fewer the run has in each cell. Both matrices are of the same samples. */
export function ConfusionDifference({ reference, run }: { reference: Matrix; run: Matrix }) {
  const { labels } = reference;
  const rows = labels.map((_, t) => [
    ...labels.map((__, p) => run.counts[t]![p]! - reference.counts[t]![p]!),
    run.none[t]! - reference.none[t]!,
  ]);
  const withNone = reference.none.some((n) => n > 0) || run.none.some((n) => n > 0);
  const columns = withNone ? [...labels, 'none'] : labels;
  const most = Math.max(1, ...rows.flat().map(Math.abs));
  return (
    <div className="scroll">
      <table className={styles.table} aria-label="Difference of the confusion matrices">
        <thead>
          <tr>
            <th scope="col">truth \ predicted</th>
            {columns.map((label) => (
              <th key={label} scope="col" style={{ textAlign: 'right' }}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((truth, t) => (
            <tr key={truth}>
              <th scope="row" style={{ textAlign: 'left' }}>
                {truth}
              </th>
              {columns.map((predicted, p) => (
                <Cell key={predicted} change={rows[t]![p]!} most={most} right={p === t} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** More in the diagonal is good, more elsewhere is not. */
function Cell({ change, most, right }: { change: number; most: number; right: boolean }) {
  const colour = change > 0 === right ? 'var(--right)' : 'var(--wrong)';
  const strength = ((Math.abs(change) / most) * 55).toFixed(1);
  return (
    <td
      className={styles.figure}
      style={{
        background: change === 0 ? 'var(--ground)' : `color-mix(in oklab, ${colour} ${strength}%, var(--ground))`,
        ...(change === 0 ? { color: 'var(--muted)' } : {}),
      }}
    >
      {change > 0 ? `+${change}` : change < 0 ? `−${-change}` : '0'}
    </td>
  );
}
