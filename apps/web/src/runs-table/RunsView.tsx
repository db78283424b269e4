'use client';

import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useAddress } from '@/design/use-address';
import type { RunsViewFragment } from '@/generated/graphql';
import { RunCharts } from '@/run-charts/RunCharts';
import { useCurveGroups } from '@/run-charts/use-curve-groups';
import { viewsOf, type Initial } from './arrangement';
import { groupValue } from './group';
import { FreshLine } from './FreshLine';
import { valuesOf } from './request';
import { RunsGrid } from './RunsGrid';
import { GroupsNote, NoRuns, ReadingFailed } from './states';
import { askedOf, firstPageOf, flawOf, type Scope } from './scope';
import { NOTHING, sizeOf, type Selection } from './selection';
import { SelectionBar } from './SelectionBar';
import { showIn } from './show';
import { TableHead } from './TableHead';
import { useArrangement } from './use-arrangement';
import { useGroups } from './use-groups';
import { useLive } from './use-live';
import { useRunList } from './use-run-list';
import { useViews } from './use-views';

interface Props {
  scope: Scope;
  initial: Initial;
  /** What stands in the table's place while there are no runs at all. */
  empty: ReactNode;
  /** Beside the search; gets a way to read all rows anew. */
  actions?: (reload: () => void) => ReactNode;
}

/** A table of runs with all that belongs to it: views, search, columns, groups, and what is done with what is chosen. */
export function RunsView({ scope, initial, empty, actions }: Props) {
  const { project } = initial;
  const [shownViews, setShownViews] = useState<readonly RunsViewFragment[]>(() => viewsOf(project));
  const arrangement = useArrangement(project, shownViews, scope.experimentId !== undefined);
  const { view, numeric, change } = arrangement;
  const views = useViews(project.id, shownViews, setShownViews, arrangement.show);
  const values = useMemo(() => valuesOf(view.columns), [view.columns]);
  const asked = useMemo(
    () => (flawOf(view.search) ? undefined : askedOf(scope, view, numeric)),
    [scope, view, numeric],
  );
  const [page] = useState(() => initial.page && firstPageOf(initial.page, values));
  const { shown, isWaiting, error, reload, times } = useRunList(asked, values, page, initial.problem);
  const {
    groups,
    isCut,
    error: groupsError,
  } = useGroups({
    by: view.group,
    asked,
    columns: view.columns,
    order: view.order,
    values,
    times,
  });
  const rows = view.group ? groups : shown?.list;
  const { fresh } = useLive({ scope, list: rows, newest: shown?.newest, asked, values });
  const [selection, setSelection] = useState<Selection>(NOTHING);
  // 'All that fit' means those of this search.
  const chosenOf = asked && JSON.stringify([asked.filter, asked.search]);
  const [held, setHeld] = useState(chosenOf);
  if (held !== chosenOf) {
    setHeld(chosenOf);
    setSelection(NOTHING);
  }
  const isChoosing = shown !== undefined && sizeOf(selection, shown.list.total.rows) > 0;
  const isNew = shown !== undefined && shown.newest === undefined;
  // Nothing can jump where nothing is.
  const comes = isNew && fresh > 0;
  useEffect(() => {
    if (comes) reload();
  }, [comes, reload]);
  const [params, changeAddress] = useAddress();
  const show = showIn(params);
  const curveGroups = useCurveGroups(view.group, show === 'table' ? undefined : groups?.groups, asked, values);
  const mayWrite = project.viewerPermissions.includes('WRITE');
  const failure = error ?? groupsError;

  if (isNew && view.search === '') {
    return (
      <section className="stack" style={{ gap: 10 }} aria-label="Table of runs">
        {actions && <div className="row">{actions(reload)}</div>}
        {empty}
      </section>
    );
  }
  return (
    <section className="stack" style={{ gap: 10 }} aria-label="Table of runs">
      <TableHead
        project={project}
        arrangement={arrangement}
        views={views}
        list={shown?.list}
        asked={asked}
        selection={isChoosing ? selection : undefined}
        mayWrite={mayWrite}
        actions={actions?.(reload)}
        show={show}
        setShow={(next) => changeAddress({ show: next === 'table' ? undefined : next })}
      >
        {isChoosing && asked ? (
          <SelectionBar
            asked={asked}
            list={shown.list}
            selection={selection}
            setSelection={setSelection}
            mayWrite={mayWrite}
            isGrouped={view.group !== undefined}
            reload={reload}
          />
        ) : undefined}
      </TableHead>
      {failure !== undefined && <ReadingFailed message={failure} retry={reload} />}
      <FreshLine fresh={fresh} show={reload} />
      <div className={show === 'both' ? 'runs-and-charts' : undefined}>
        {show !== 'charts' && rows && rows.total.rows > 0 && (
          <RunsGrid
            rows={rows}
            {...(view.group &&
              groups && {
                groups: { list: groups, labelOf: ({ value }) => groupValue(view.group!, value) },
              })}
            columns={view.columns}
            order={view.order}
            numeric={numeric}
            isCompact={view.isCompact}
            isWaiting={isWaiting}
            selection={selection}
            setSelection={setSelection}
            setOrder={(order) => change({ order }, true)}
            setColumns={(columns) => change({ columns })}
            groupBy={(group) => change({ group }, true)}
          />
        )}
        {show !== 'table' && (
          <RunCharts
            asked={asked}
            known={project.runColumns.columns}
            selection={isChoosing ? selection : undefined}
            groups={curveGroups}
            search={view.search}
            setSearch={(search) => change({ search }, true)}
            times={times}
          />
        )}
      </div>
      {rows?.total.rows === 0 && failure === undefined && (
        <NoRuns search={view.search} clear={() => change({ search: '' }, true)} />
      )}
      {isCut && view.group && <GroupsNote />}
      {rows?.error !== undefined && <ReadingFailed message={rows.error} retry={() => rows.retry()} />}
    </section>
  );
}
