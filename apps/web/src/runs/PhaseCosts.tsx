'use client';

import { Switch } from '@mantine/core';
import { csvOfTable } from '@/charts/csv';
import { SaveButton } from '@/charts/SaveButton';
import { DataTable, type Head } from '@/design/DataTable';
import { bytes, count, duration, money } from '@/design/format';
import { useAddress } from '@/design/use-address';
import type { EvaluationFiguresFragment, PhaseCostRowFragment } from '@/generated/graphql';
import styles from './PhaseCosts.module.css';
import { PHASES } from './phases';

interface Props {
  costs: readonly PhaseCostRowFragment[];
  latency: EvaluationFiguresFragment['latency'];
  samplesPerSecond: number | null | undefined;
}

/** What each phase cost; phases overlap, so their wall seconds may add up to more than the run took. */
export function PhaseCosts({ costs, latency, samplesPerSecond }: Props) {
  const [params, change] = useAddress();
  const perThousand = params.get('cost') === 'per-1000';
  const of = (value: number | null | undefined, { samples }: PhaseCostRowFragment): number | null =>
    value == null || (perThousand && samples === 0) ? null : perThousand ? (value / samples) * 1000 : value;
  const walls = costs.map((cost) => of(cost.wallSeconds, cost) ?? 0);
  const longest = Math.max(...walls, 1e-9);
  const energy = costs.some(({ energyJoules }) => energyJoules != null);
  const price = costs.some((cost) => cost.price != null);
  const cached = costs.some((cost) => cost.cached > 0);
  const heads: Head[] = [
    { label: 'Phase' },
    { label: 'Wall', number: true, hint: 'Time at work, over all executors' },
    { label: 'Share', hidden: true },
    { label: 'CPU', number: true, hint: 'Time of processors' },
    { label: 'Peak memory', number: true },
    ...(energy ? [{ label: 'Energy', number: true, hint: 'Of the whole machine meanwhile' }] : []),
    ...(price ? [{ label: 'Price', number: true }] : []),
    ...(cached ? [{ label: 'From the cache', number: true }] : []),
    { label: 'Samples', number: true },
  ];
  return (
    <section className="panel" aria-label="Cost" style={{ padding: 8 }}>
      <div className="row spread" style={{ padding: '6px 10px' }}>
        <h2>Cost by phase</h2>
        <span className="row" style={{ gap: 10 }}>
          <Switch
            size="xs"
            label="For 1,000 samples"
            checked={perThousand}
            onChange={(event) => change({ cost: event.currentTarget.checked ? 'per-1000' : undefined })}
          />
          <SaveButton name="costs.csv" text={() => csvOf(costs)} />
        </span>
      </div>
      {costs.length === 0 ? (
        <p className="muted" style={{ padding: '0 10px' }}>
          Nothing is known yet. Executors measure each phase; clients log theirs by <code>logCosts</code>.
        </p>
      ) : (
        <DataTable label="Cost by phase" heads={heads}>
          {costs.map((cost, i) => {
            const joules = of(cost.energyJoules, cost);
            const amount = of(cost.price, cost);
            return (
              <tr key={cost.phase}>
                <td>
                  {PHASES[cost.phase]}
                  <span className="muted" style={{ display: 'block', fontSize: 12 }}>
                    {cost.device}
                  </span>
                </td>
                <td className="number">{duration(walls[i]!)}</td>
                <td>
                  <span aria-hidden="true" className={styles.axis}>
                    <span className={styles.bar} style={{ width: `${(walls[i]! / longest) * 100}%` }} />
                  </span>
                </td>
                <td className="number">{duration(of(cost.cpuSeconds, cost) ?? 0)}</td>
                <td className="number">{cost.peakMemoryBytes == null ? '–' : bytes(Number(cost.peakMemoryBytes))}</td>
                {energy && (
                  <td className="number" title={cost.energySource ?? undefined}>
                    {joules === null ? '–' : `${count(Math.round(joules))} J`}
                  </td>
                )}
                {price && <td className="number">{amount === null ? '–' : money(amount, cost.currency)}</td>}
                {cached && (
                  <td className="number">
                    {cost.cached === 0 ? '–' : `${count(cost.cached)} of ${count(cost.samples)}`}
                  </td>
                )}
                <td className="number">{count(cost.samples)}</td>
              </tr>
            );
          })}
        </DataTable>
      )}
      <Latency latency={latency} samplesPerSecond={samplesPerSecond} />
    </section>
  );
}

function Latency({ latency, samplesPerSecond }: Pick<Props, 'latency' | 'samplesPerSecond'>) {
  if (!latency && samplesPerSecond == null) return null;
  const { p50, p90, p95, p99 } = latency ?? {};
  const shown = [
    ['Median latency', p50],
    ['90 %', p90],
    ['95 %', p95],
    ['99 %', p99],
  ] as const;
  return (
    <dl className={styles.latency}>
      {samplesPerSecond != null && (
        <div>
          <dt>In inference</dt>
          <dd>{count(Math.round(samplesPerSecond))} samples/s</dd>
        </div>
      )}
      {shown.map(
        ([name, micros]) =>
          micros != null && (
            <div key={name} title="Of a sample; one of a batch has its share of the batch's time">
              <dt>{name}</dt>
              <dd>{(micros / 1000).toFixed(micros < 10_000 ? 2 : 1)} ms</dd>
            </div>
          ),
      )}
    </dl>
  );
}

const csvOf = (costs: readonly PhaseCostRowFragment[]): string =>
  csvOfTable([
    [
      'phase',
      'wall_seconds',
      'cpu_seconds',
      'peak_memory_bytes',
      'energy_joules',
      'price',
      'currency',
      'samples',
      'cached',
      'device',
    ],
    ...costs.map((c) => [
      c.phase,
      c.wallSeconds,
      c.cpuSeconds,
      c.peakMemoryBytes ?? null,
      c.energyJoules ?? null,
      c.price ?? null,
      c.currency ?? null,
      c.samples,
      c.cached,
      c.device,
    ]),
  ]);
