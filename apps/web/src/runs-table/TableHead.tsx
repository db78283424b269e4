'use client';

import { ActionIcon, Popover, SegmentedControl } from '@mantine/core';
import { IconFilter, IconLayoutList, IconList } from '@tabler/icons-react';
import { useState, useSyncExternalStore, type ReactNode } from 'react';
import { count } from '@/design/format';
import { FilterBuilder } from '@/runs-search/FilterBuilder';
import { SearchBar } from '@/runs-search/SearchBar';
import { SearchChips } from '@/runs-search/SearchChips';
import type { TableProject } from './arrangement';
import { ColumnsPanel } from './ColumnsPanel';
import { ExportMenu } from './ExportMenu';
import { GroupSelect } from './GroupSelect';
import type { RunList } from './run-list';
import type { Asked } from './scope';
import { SHOWS, type Show } from './show';
import type { Selection } from './selection';
import type { Arranging } from './use-arrangement';
import type { Views } from './use-views';
import { isChanged } from './view';
import { ViewsMenu } from './ViewsMenu';

interface Props {
  project: TableProject;
  arrangement: Arranging;
  views: Views;
  list: RunList | undefined;
  asked: Asked | undefined;
  /** What is chosen, if anything is. */
  selection: Selection | undefined;
  mayWrite: boolean;
  actions: ReactNode;
  show: Show;
  setShow: (show: Show) => void;
  /** What can be done with what is chosen; it takes the place of the conditions. */
  children: ReactNode;
}

/** Which runs a table shows, and how. */
export function TableHead({
  project,
  arrangement,
  views,
  list,
  asked,
  selection,
  mayWrite,
  actions,
  show: seen,
  setShow,
  children,
}: Props) {
  const { view, base, saved, change, show } = arrangement;
  const [isBuilding, setIsBuilding] = useState(false);
  const { columns: known, complete } = project.runColumns;
  const setSearch = (search: string): void => change({ search }, true);
  return (
    <div className="stack" style={{ gap: 8 }}>
      <div className="row" style={{ gap: 8, alignItems: 'flex-start' }}>
        <ViewsMenu
          views={views}
          saved={saved}
          view={view}
          isChanged={isChanged(view, base)}
          mayWrite={mayWrite}
          show={show}
        />
        <SearchBar projectId={project.id} search={view.search} setSearch={setSearch}>
          <Popover
            opened={isBuilding}
            onChange={setIsBuilding}
            position="bottom-end"
            width={560}
            shadow="md"
            trapFocus
            returnFocus
          >
            <Popover.Target>
              <ActionIcon
                variant={isBuilding ? 'light' : 'subtle'}
                color={isBuilding ? 'indigo' : 'gray'}
                size={24}
                aria-label="Build a filter"
                aria-expanded={isBuilding}
                onClick={() => setIsBuilding(!isBuilding)}
              >
                <IconFilter size={15} aria-hidden="true" />
              </ActionIcon>
            </Popover.Target>
            <Popover.Dropdown aria-label="Filter" style={{ maxWidth: 'calc(100vw - 24px)' }}>
              <FilterBuilder
                projectId={project.id}
                known={known}
                isComplete={complete}
                search={view.search}
                setSearch={(search) => change({ search })}
              />
            </Popover.Dropdown>
          </Popover>
        </SearchBar>
        <SegmentedControl
          size="xs"
          aria-label="What is shown"
          value={seen}
          onChange={(next) => setShow(next as Show)}
          data={Object.entries(SHOWS).map(([value, label]) => ({ value, label }))}
        />
        <GroupSelect group={view.group} known={known} setGroup={(group) => change({ group }, true)} />
        <ColumnsPanel
          project={project}
          columns={view.columns}
          usual={base.columns}
          setColumns={(columns) => change({ columns })}
        />
        {asked && <ExportMenu asked={asked} columns={view.columns} selection={selection} />}
        <ActionIcon
          variant="default"
          size={30}
          aria-label={view.isCompact ? 'Higher rows' : 'Lower rows'}
          title={view.isCompact ? 'Higher rows' : 'Lower rows'}
          onClick={() => change({ isCompact: !view.isCompact })}
        >
          {view.isCompact ? (
            <IconLayoutList size={15} stroke={1.75} aria-hidden="true" />
          ) : (
            <IconList size={15} stroke={1.75} aria-hidden="true" />
          )}
        </ActionIcon>
        {actions}
      </div>
      <div className="row spread" style={{ minHeight: 32 }}>
        {children ?? (
          <>
            <SearchChips search={view.search} setSearch={setSearch} edit={() => setIsBuilding(true)} />
            {list && <Total list={list} />}
          </>
        )}
      </div>
    </div>
  );
}

function Total({ list }: { list: RunList }) {
  useSyncExternalStore(list.subscribe, list.version, list.version);
  const { rows, isExact } = list.total;
  return (
    <span className="muted" style={{ fontSize: 13, marginLeft: 'auto' }} aria-live="polite">
      {isExact ? count(rows) : `more than ${count(rows)}`} {rows === 1 && isExact ? 'run' : 'runs'}
    </span>
  );
}
