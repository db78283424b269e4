import { DataTable, type Head } from '@/design/DataTable';
import { EstimateCell } from '@/design/EstimateCell';
import { IntervalBar } from '@/design/IntervalBar';
import { count } from '@/design/format';
import type { EvaluationFiguresFragment } from '@/generated/graphql';
import { allMetrics, type Metric } from './metrics';

const HEADS: readonly Head[] = [
  { label: 'Metric' },
  { label: 'Value', number: true, hint: '% unless it is a number of no unit; its 95 % interval below' },
  { label: 'Interval', hidden: true },
];

/** All figures over the classes, each with its interval and what it says. */
export function MetricsPanel({ evaluation }: { evaluation: EvaluationFiguresFragment }) {
  const { samples, covered, codeVersion, predictionsDigest } = evaluation;
  return (
    <>
      <div
        style={{
          display: 'grid',
          gap: '8px 24px',
          gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 400px), 1fr))',
        }}
      >
        {allMetrics(evaluation).map(({ title, metrics }) => (
          <section key={title} aria-label={title}>
            <h3 style={{ fontSize: 13.5, fontWeight: 600, margin: '8px 10px 2px' }}>{title}</h3>
            <DataTable label={title} heads={HEADS}>
              {metrics.map((metric) => (
                <MetricRow key={metric.name} metric={metric} />
              ))}
            </DataTable>
          </section>
        ))}
      </div>
      <p className="muted" style={{ fontSize: 12.5, margin: '12px 10px 0' }}>
        Over {count(samples)} samples
        {covered < samples && `, ${count(samples - covered)} of them without a prediction, which counts as wrong`}.
        Percentages unless said otherwise. Computed by version {codeVersion} from predictions{' '}
        <code>{predictionsDigest.slice(0, 12)}</code>: the same predictions give the same figures.
      </p>
    </>
  );
}

function MetricRow({ metric: { name, hint, estimate, unit, range } }: { metric: Metric }) {
  return (
    <tr>
      <td>
        {name}
        <span className="muted" style={{ display: 'block', fontSize: 12 }}>
          {hint}
        </span>
      </td>
      <td className="number">
        <EstimateCell estimate={estimate} unit={unit} />
      </td>
      <td style={{ width: 120 }}>
        {range && (
          <IntervalBar
            interval={estimate}
            from={range[0]}
            to={range[1]}
            ticks={[0.25, 0.5, 0.75].map((part) => range[0] + part * (range[1] - range[0]))}
          />
        )}
      </td>
    </tr>
  );
}
