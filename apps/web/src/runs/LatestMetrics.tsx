import Link from 'next/link';
import { DataTable } from '@/design/DataTable';
import { count } from '@/design/format';
import type { RunOverviewQuery } from '@/generated/graphql';

type Metrics = Extract<RunOverviewQuery['node'], { __typename: 'Run' }>['metrics'];

const HEADS = [
  { label: 'Metric' },
  { label: 'Latest', number: true },
  { label: 'Smallest', number: true },
  { label: 'Largest', number: true },
  { label: 'At step', number: true },
  { label: 'Points', number: true },
];

const SHOWN = 30;
const FIGURE = new Intl.NumberFormat('en', { maximumSignificantDigits: 5 });

/** NaN and the infinities come as texts. */
const shown = (value: number | string): string => (typeof value === 'number' ? FIGURE.format(value) : value);

/** What a run has logged, at its end; the curves are a tab of their own. */
export function LatestMetrics({ metrics, curves }: { metrics: Metrics; curves: string }) {
  if (metrics.length === 0) return null;
  return (
    <section className="panel" aria-label="Logged metrics" style={{ padding: 8 }}>
      <div className="row spread" style={{ padding: '6px 10px' }}>
        <h2>Logged metrics</h2>
        <Link href={curves} scroll={false}>
          Curves
        </Link>
      </div>
      <DataTable label="Logged metrics" heads={HEADS}>
        {metrics.slice(0, SHOWN).map(({ key, last, min, max, lastStep, count: points }) => (
          <tr key={key}>
            <td style={{ overflowWrap: 'anywhere' }}>{key}</td>
            <td className="number">{shown(last)}</td>
            <td className="number">{shown(min)}</td>
            <td className="number">{shown(max)}</td>
            <td className="number">{count(Number(lastStep))}</td>
            <td className="number">{count(points)}</td>
          </tr>
        ))}
      </DataTable>
      {metrics.length > SHOWN && (
        <p className="muted" style={{ margin: '8px 10px', fontSize: 12.5 }}>
          {count(metrics.length - SHOWN)} more are among the <Link href={curves}>curves</Link>.
        </p>
      )}
    </section>
  );
}
