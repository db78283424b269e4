import type { ViewColumn } from '@samplewise/domain/search';
import Link from 'next/link';
import { ModelName } from '@/charts/ModelName';
import { bareId, bytes, count, duration } from '@/design/format';
import { RelativeTime } from '@/design/RelativeTime';
import { StatusBadge } from '@/runs/StatusBadge';
import { costOf, hasInterval, isCurve } from './columns';
import { EstimateValue } from './EstimateValue';
import { figure } from './figures';
import { plainValue, type TableRow } from './request';
import type { Extent } from './run-list';
import css from './runs-table.module.css';
import { Sparkline } from './Sparkline';

interface Props {
  row: TableRow;
  column: ViewColumn;
  /** Of the intervals of its column. */
  axis: Extent;
  isCompact: boolean;
}

/** What a column has of a row; a bone where it is not read yet, a dash where there is nothing. */
export function Cell({ row, column, axis, isCompact }: Props) {
  if (column.kind === 'FIELD') {
    const Field = FIELD_CELLS[column.key];
    if (Field) return <Field row={row} isCompact={isCompact} />;
  }
  if (isCurve(column)) {
    const grows = row.run.status === 'RUNNING';
    return <Sparkline runId={row.run.id} metric={column.key} grows={grows} />;
  }
  const value = plainValue(row, column);
  if (value === undefined) return <Bone />;
  if (hasInterval(column)) {
    return <EstimateValue value={value} estimate={row.estimates.get(column.key)} axis={axis} isCompact={isCompact} />;
  }
  if (value === null || value === '') return <Nothing />;
  if (column.kind === 'METRIC' || typeof value === 'number') return <Figure value={value} column={column} />;
  return (
    <span className="truncate" title={value}>
      {value}
    </span>
  );
}

export const Bone = () => <span className={css.bone} aria-label="Loading" role="img" />;
const Nothing = () => <span className="muted">–</span>;

function Figure({ value, column: { kind, key } }: { value: string | number; column: ViewColumn }) {
  const measure = kind === 'FIELD' ? costOf(key)?.measure : undefined;
  const text =
    measure === 'PEAK_MEMORY'
      ? bytes(Number(value))
      : measure === 'WALL_SECONDS' || measure === 'CPU_SECONDS'
        ? duration(Number(value))
        : figure(value);
  return <span title={String(value)}>{text}</span>;
}

type FieldCell = (props: Pick<Props, 'row' | 'isCompact'>) => React.ReactNode;

const Time = ({ value }: { value: string | null }) => (value === null ? <Nothing /> : <RelativeTime value={value} />);

const FIELD_CELLS: Readonly<Record<string, FieldCell>> = {
  name: NameCell,
  id: ({ row: { run } }) => bareId(run.id),
  status: ({ row: { run } }) => (
    <>
      <StatusBadge status={run.status} done={run.sampleDone} total={run.sampleTotal} />
      {run.pausedAt !== null && (run.status === 'RUNNING' || run.status === 'QUEUED') && (
        <span className="muted" style={{ marginLeft: 6, fontSize: 12 }}>
          paused
        </span>
      )}
    </>
  ),
  modelConfig: ({ row: { run } }) => (run.modelConfig ? <ModelName model={run.modelConfig} /> : <Nothing />),
  restorationConfig: ({ row: { run } }) =>
    run.restorationConfig ? (
      <Link
        href={`/restorations/${bareId(run.restorationConfig.id)}`}
        className="truncate"
        tabIndex={-1}
        prefetch={false}
        title={run.restorationConfig.name}
        style={{ color: 'inherit' }}
      >
        {run.restorationConfig.name}
        {run.restorationConfig.version > 1 && <span className="muted"> v{run.restorationConfig.version}</span>}
      </Link>
    ) : (
      <Nothing />
    ),
  experiment: ({ row: { run } }) => (
    <Link
      href={`/experiments/${bareId(run.experiment.id)}`}
      className="truncate"
      tabIndex={-1}
      prefetch={false}
      title={run.experiment.name}
      style={{ color: 'inherit' }}
    >
      {run.experiment.name}
    </Link>
  ),
  tags: ({ row: { run } }) =>
    run.tags === undefined ? (
      <Bone />
    ) : (
      <span className="row" style={{ gap: 4, flexWrap: 'nowrap' }}>
        {run.tags.map(({ key, value }) => (
          <span key={key} className={css.chip} title={value === '' ? key : `${key} = ${value}`}>
            {value === '' ? key : `${key}: ${value}`}
          </span>
        ))}
      </span>
    ),
  source: ({ row: { run } }) => run.source.toLowerCase(),
  sampleTotal: ({ row: { run } }) => (run.sampleTotal === 0 ? <Nothing /> : count(run.sampleTotal)),
  createdAt: ({ row: { run } }) => <Time value={run.createdAt} />,
  startedAt: ({ row: { run } }) => <Time value={run.startedAt} />,
  finishedAt: ({ row: { run } }) => <Time value={run.finishedAt} />,
  duration: ({ row }) => {
    const seconds = plainValue(row, { kind: 'FIELD', key: 'duration' });
    return typeof seconds === 'number' ? duration(seconds) : <Nothing />;
  },
};

function NameCell({ row: { run }, isCompact }: Pick<Props, 'row' | 'isCompact'>) {
  const number = <span className="muted">#{bareId(run.id)}</span>;
  const name = (
    <Link
      href={`/runs/${bareId(run.id)}`}
      className="truncate"
      tabIndex={-1}
      prefetch={false}
      title={run.failure ? `${run.name}: ${run.failure.message}` : run.name}
      style={{ color: 'var(--ink)', fontWeight: 530 }}
    >
      {run.name}
    </Link>
  );
  if (isCompact) {
    return (
      <span className={css.name}>
        {name}
        <span style={{ fontSize: 12 }}>{number}</span>
      </span>
    );
  }
  return (
    <span style={{ minWidth: 0, lineHeight: 1.3 }}>
      {name}
      <span className="truncate" style={{ fontSize: 12 }}>
        {number}
        {run.archivedAt !== null && <span className="muted"> · archived</span>}
        {run.failure && (
          <span style={{ color: 'var(--wrong)' }} title={run.failure.message}>
            {' '}
            · {run.failure.message}
          </span>
        )}
      </span>
    </span>
  );
}
