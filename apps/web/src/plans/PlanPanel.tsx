import Link from 'next/link';
import type { ReactNode } from 'react';
import { DataTable } from '@/design/DataTable';
import { count, duration, figure } from '@/design/format';
import { Loading, SkeletonLines } from '@/design/Skeleton';
import { groundsOf, notesOf, timeOf, totalsOf, type Estimate } from './estimates';
import styles from './PlanPanel.module.css';

interface Props {
  /** undefined: nothing whole is chosen yet, or it comes. */
  estimate: Estimate | undefined;
  error: string | undefined;
  lacking: string | undefined;
  /** Something else was chosen since. */
  stale: boolean;
  actions: ReactNode;
}

/** The runs that a plan makes, what each would take, and when all would be done. */
export function PlanPanel({ estimate, error, lacking, stale, actions }: Props) {
  return (
    <section className="panel stack" style={{ gap: 14 }} aria-labelledby="plan">
      <h2 id="plan">The plan</h2>
      {lacking !== undefined && (
        <p className="muted" style={{ margin: 0 }}>
          {lacking}
        </p>
      )}
      {error !== undefined && (
        <p role="alert" style={{ margin: 0, color: 'var(--mantine-color-error)' }}>
          {error}
        </p>
      )}
      {lacking === undefined && error === undefined && !estimate && (
        <Loading what="Estimating">
          <SkeletonLines lines={6} />
        </Loading>
      )}
      {lacking === undefined && estimate && (
        <div className={stale ? styles.stale : undefined} aria-busy={stale} aria-live="polite">
          <Totals estimate={estimate} />
          <Runs estimate={estimate} />
        </div>
      )}
      {actions}
    </section>
  );
}

function Totals({ estimate }: { estimate: Estimate }) {
  const { runs, samples, seconds, unknown, queue, readySeconds, matrix } = estimate;
  const { energyWattHours, price } = totalsOf(estimate);
  const known = runs.length - unknown;
  return (
    <dl className={styles.totals}>
      <Total
        name="Runs"
        value={count(runs.length)}
        about={
          runs.length < matrix
            ? `drawn from ${count(matrix)}, ${count(samples)} samples each`
            : `${count(samples)} samples each`
        }
      />
      <Total
        name="Time on one executor"
        value={known === 0 ? 'unknown' : `${unknown > 0 ? 'at least ' : ''}${duration(seconds)}`}
        about={
          unknown === 0
            ? 'by what earlier runs took'
            : `${count(unknown)} of them ${unknown === 1 ? 'has' : 'have'} no estimate`
        }
      />
      <Total name="Ready" value={readyIn(estimate)} about={queueWords(queue, readySeconds != null)} />
      {price !== undefined && <Total name="Price" value={price} about="by what earlier runs cost" />}
      {energyWattHours !== undefined && (
        <Total name="Energy" value={`${figure(energyWattHours)} Wh`} about="of the whole machine" />
      )}
    </dl>
  );
}

function Total({ name, value, about }: { name: string; value: ReactNode; about: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong>
        <span className="muted">{about}</span>
      </dd>
    </div>
  );
}

function readyIn({ readySeconds, queue }: Estimate): ReactNode {
  if (queue.executors === 0) return 'no executor';
  return readySeconds == null ? 'unknown' : `in ${duration(readySeconds)}`;
}

function queueWords({ runs, executors, seconds }: Estimate['queue'], known: boolean): ReactNode {
  if (executors === 0) return <Link href="/executors">none is there: runs wait for one</Link>;
  const at = executors === 1 ? 'one executor' : `${count(executors)} executors`;
  if (runs === 0) return `nothing waits before it, ${at}`;
  const time = seconds == null ? '' : `, ${duration(seconds)}`;
  return `${count(runs)} ${runs === 1 ? 'run' : 'runs'} before it${time}; ${at}${known ? '' : ', some without an estimate'}`;
}

/** Beyond so many rows the rest is like them. */
const SHOWN = 100;

function Runs({ estimate: { runs, samples } }: { estimate: Estimate }) {
  const seeds = new Set(runs.map(({ seed }) => seed)).size > 1;
  return (
    <>
      <DataTable
        label="Planned runs"
        heads={[
          { label: 'Run' },
          ...(seeds ? [{ label: 'Seed', number: true }] : []),
          {
            label: 'Estimate',
            number: true,
            hint: 'Preparation and model work at the same time: the slower one counts',
          },
        ]}
      >
        {runs.slice(0, SHOWN).map((run) => (
          <tr key={`${run.modelConfigId} ${run.restorationConfigId} ${run.seed}`}>
            <td>
              <span style={{ overflowWrap: 'anywhere' }}>
                {run.model}
                {run.modelVersion > 1 && <span className="muted"> v{run.modelVersion}</span>} · {run.restoration}
                {run.restorationVersion > 1 && <span className="muted"> v{run.restorationVersion}</span>}
              </span>
              <span className={run.problem ? styles.flaw : styles.grounds}>
                {[groundsOf(run), ...notesOf(run, samples)].join(' · ')}
              </span>
            </td>
            {seeds && <td className="number">{run.seed}</td>}
            <td className="number" style={{ verticalAlign: 'top' }}>
              {timeOf(run)}
            </td>
          </tr>
        ))}
      </DataTable>
      {runs.length > SHOWN && <p className="muted">and {count(runs.length - SHOWN)} more</p>}
    </>
  );
}
