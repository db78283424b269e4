'use client';

import { useMemo } from 'react';
import { placesOf } from '@/charts/palette';
import { CurvesPanel, type CurveGroup } from '@/curves/CurvesPanel';
import type { CurveRun } from '@/curves/use-curves';
import { Empty } from '@/design/Empty';
import { count } from '@/design/format';
import type { TableRow } from '@/runs-table/request';
import { nameOfRun } from './run-mark';

interface Props {
  rows: readonly TableRow[];
  /** Runs that are put together; each by itself unless given. */
  groups: readonly CurveGroup[] | undefined;
}

/** Lines of one chart that can still be told apart. */
const LINES = 16;

/** The metrics of the first runs over their steps, or of groups of runs. */
export function CurvesOfRuns({ rows, groups }: Props) {
  const runs = useMemo((): CurveRun[] => {
    if (groups) return groups.flatMap(({ runIds }) => runIds.map((id) => ({ id, name: id })));
    const shown = rows.slice(0, LINES);
    const places = placesOf(shown.map(({ run }) => run.modelConfig?.id ?? run.id));
    return shown.map((row, i) => ({ id: row.run.id, name: nameOfRun(row), place: places[i]! }));
  }, [rows, groups]);
  if (runs.length === 0) return null;
  return (
    <div className="stack" style={{ gap: 8 }}>
      <CurvesPanel runs={runs} groups={groups}>
        <Empty title="No curves.">Runs that log a metric more than once have a curve of it.</Empty>
      </CurvesPanel>
      <p className="muted" style={{ margin: 0, fontSize: 12.5 }}>
        {groups
          ? 'Lines are means, bands reach from the lowest to the highest run: up to 20 runs of each of the 8 largest groups.'
          : rows.length > LINES &&
            `The first ${LINES} of ${count(rows.length)} runs, in the order of the table. Choose runs to see their curves, or group them.`}
      </p>
    </div>
  );
}
