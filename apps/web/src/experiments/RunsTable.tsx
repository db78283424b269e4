'use client';

import { Button, Checkbox, TextInput, UnstyledButton } from '@mantine/core';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import { addressOf, MOST_RUNS } from '@/compare/selection';
import { EstimateCell, IntervalBar } from '@/design/EstimateCell';
import { bareId, count, duration } from '@/design/format';
import type { RunRowFragment } from '@/generated/graphql';
import { StatusBadge } from '@/runs/StatusBadge';
import { arrange, type Column, type View } from './order';

const HEADS: { column: Column | null; label: string; number?: boolean; hint?: string }[] = [
  { column: 'queued', label: 'Run' },
  { column: null, label: 'Status' },
  { column: 'model', label: 'Model', hint: 'Or the run’s name, where it has no registered model' },
  { column: 'restoration', label: 'Restoration' },
  { column: 'accuracy', label: 'Accuracy %', number: true, hint: 'Correct over all samples, with its 95 % interval' },
  { column: null, label: '0 to 100 %' },
  {
    column: 'macroF1',
    label: 'Macro F1 %',
    number: true,
    hint: 'Unweighted mean over the classes, with its 95 % interval',
  },
  { column: 'speed', label: 'Samples/s', number: true, hint: 'Samples over the seconds of inference' },
  { column: null, label: 'Took', number: true },
];

interface Props {
  runs: readonly RunRowFragment[];
  view: View;
  change: (view: View) => void;
}

/** The runs of an experiment. Rows keep their places while figures come in, unless they are sorted by them. */
export function RunsTable({ runs, view, change }: Props) {
  const rows = useMemo(() => arrange(runs, view), [runs, view]);
  const best = useMemo(() => Math.max(...runs.map((run) => run.evaluation?.accuracy.value ?? -1)), [runs]);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const choose = (id: string, on: boolean): void =>
    setChosen((before) => (on ? [...before, id] : before.filter((other) => other !== id)));
  return (
    <div className="panel" style={{ padding: 8 }}>
      <div className="row spread" style={{ padding: '4px 6px 8px' }}>
        <TextInput
          size="xs"
          placeholder="Search model, restoration, status"
          aria-label="Search runs"
          value={view.search}
          onChange={(event) => change({ ...view, search: event.currentTarget.value })}
          style={{ width: 280, maxWidth: '100%' }}
        />
        <Compare chosen={chosen} />
        <span className="muted" style={{ fontSize: 13, marginLeft: 'auto' }} aria-live="polite">
          {rows.length === runs.length
            ? `${count(runs.length)} runs`
            : `${count(rows.length)} of ${count(runs.length)} runs`}
        </span>
      </div>
      <div className="scroll">
        <table className="data" aria-label="Runs">
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">Compare</span>
              </th>
              {HEADS.map((head) => (
                <Head key={head.label} {...head} view={view} change={change} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((run) => (
              <Row
                key={run.id}
                run={run}
                best={run.evaluation?.accuracy.value === best}
                chosen={chosen.includes(bareId(run.id))}
                choose={choose}
              />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length === 0 && runs.length > 0 && (
        <p className="muted" style={{ textAlign: 'center' }}>
          No run fits this search.
        </p>
      )}
    </div>
  );
}

/** Leads to the comparison of the runs that are ticked; says what is missing until then. */
function Compare({ chosen }: { chosen: readonly string[] }) {
  if (chosen.length === 0) return null;
  const fits = chosen.length >= 2 && chosen.length <= MOST_RUNS;
  return (
    <span className="row" style={{ gap: 10 }}>
      {fits ? (
        <Button size="xs" component={Link} href={addressOf({ runs: chosen })}>
          Compare {chosen.length} runs
        </Button>
      ) : (
        <span className="muted" style={{ fontSize: 13 }} role="status">
          {chosen.length < 2 ? 'Tick one more to compare.' : `At most ${MOST_RUNS} can be compared.`}
        </span>
      )}
    </span>
  );
}

function Head({ column, label, number, hint, view, change }: (typeof HEADS)[number] & Omit<Props, 'runs'>) {
  const sorted = column !== null && view.sort === column;
  const className = number ? 'number' : undefined;
  if (column === null) {
    return (
      <th scope="col" className={className}>
        {label}
      </th>
    );
  }
  // The first click on a figure shows the best on top.
  const descending = sorted ? !view.descending : number === true;
  return (
    <th
      scope="col"
      className={className}
      aria-sort={sorted ? (view.descending ? 'descending' : 'ascending') : 'none'}
      title={hint}
    >
      <UnstyledButton
        onClick={() => change({ ...view, sort: column, descending })}
        style={{ font: 'inherit', color: 'inherit' }}
      >
        {label}
        <span aria-hidden="true" style={{ visibility: sorted ? 'visible' : 'hidden' }}>
          {view.descending ? ' ↓' : ' ↑'}
        </span>
      </UnstyledButton>
    </th>
  );
}

interface RowProps {
  run: RunRowFragment;
  best: boolean;
  chosen: boolean;
  choose: (id: string, on: boolean) => void;
}

function Row({ run, best, chosen, choose }: RowProps) {
  const { evaluation } = run;
  const took =
    run.startedAt && run.finishedAt ? (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000 : undefined;
  return (
    <tr>
      <td style={{ width: 28 }}>
        <Checkbox
          size="xs"
          aria-label={`Compare run ${bareId(run.id)}`}
          checked={chosen}
          disabled={!evaluation}
          onChange={(event) => choose(bareId(run.id), event.currentTarget.checked)}
        />
      </td>
      <td>
        <Link href={`/runs/${bareId(run.id)}`} aria-label={`Run ${bareId(run.id)}: ${run.name}`}>
          {bareId(run.id)}
        </Link>
      </td>
      <td style={{ minWidth: 126 }}>
        <StatusBadge status={run.status} done={run.sampleDone} total={run.sampleTotal} />
        {run.failure && (
          <span
            className="truncate"
            style={{ color: 'var(--wrong)', fontSize: 12, maxWidth: 220 }}
            title={run.failure.message}
          >
            {run.failure.message}
          </span>
        )}
      </td>
      <td>
        <Link
          className="truncate"
          style={{ maxWidth: 240 }}
          href={`/runs/${bareId(run.id)}`}
          title={run.modelConfig?.name ?? run.name}
        >
          {run.modelConfig?.name ?? run.name}
        </Link>
      </td>
      <td>
        <span className="truncate" style={{ maxWidth: 220 }} title={run.restorationConfig?.name}>
          {run.restorationConfig?.name ?? '–'}
        </span>
      </td>
      <td className="number">
        {best && (
          <span title="The highest accuracy of this experiment" style={{ color: 'var(--right)', marginRight: 4 }}>
            ★<span className="visually-hidden"> best</span>
          </span>
        )}
        <EstimateCell estimate={evaluation?.accuracy} best={best} />
      </td>
      <td>
        <IntervalBar estimate={evaluation?.accuracy} />
      </td>
      <td className="number">
        <EstimateCell estimate={evaluation?.macroF1} />
      </td>
      <td className="number">{run.samplesPerSecond == null ? '–' : count(Math.round(run.samplesPerSecond))}</td>
      <td className="number">{took === undefined ? '–' : duration(took)}</td>
    </tr>
  );
}
