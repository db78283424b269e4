'use client';

import { Button, Checkbox, Popover, Switch, TextInput } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import type { ViewColumn } from '@samplewise/domain/search';
import { useState } from 'react';
import { useKeys } from '@/runs-search/use-keys';
import type { TableProject } from './arrangement';
import { ChosenColumns } from './ChosenColumns';
import { COST_KEYS, idOf, labelOf, type Subject } from './columns';
import { FIELDS } from './fields';

interface Props {
  project: TableProject;
  columns: readonly ViewColumn[];
  /** What the view has without changes. */
  usual: readonly ViewColumn[];
  setColumns: (columns: readonly ViewColumn[]) => void;
}

/** Columns that are offered at once; others are found by their names. */
const OFFERED = 100;
const GROUPS = { FIELD: 'Fields', COST: 'Costs', METRIC: 'Metrics', PARAM: 'Params', TAG: 'Tags' } as const;

/** Which columns a table has, and in which order. */
export function ColumnsPanel({ project, columns, usual, setColumns }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" width={340} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconColumns3 size={15} stroke={1.75} aria-hidden="true" />}
          onClick={() => setIsOpen(!isOpen)}
          aria-expanded={isOpen}
        >
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns" p="sm">
        <Choice project={project} columns={columns} usual={usual} setColumns={setColumns} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Choice({ project, columns, usual, setColumns }: Props) {
  const [typed, setTyped] = useState('');
  const [onlyDiffering, setOnlyDiffering] = useState(false);
  const { columns: known, complete } = project.runColumns;
  const keys = useKeys(project.id, known, complete, typed);
  const differing = new Set(known.filter(({ differs }) => differs).map(idOf));
  const shown = new Set(columns.map(idOf));
  const matches = (column: Subject): boolean =>
    `${labelOf(column)} ${column.key}`.toLowerCase().includes(typed.trim().toLowerCase());
  const offered: { group: keyof typeof GROUPS; column: Subject }[] = [
    ...Object.keys(FIELDS).map((key) => ({ group: 'FIELD', column: { kind: 'FIELD', key } }) as const),
    ...(['METRIC', 'PARAM', 'TAG'] as const).flatMap((kind) =>
      keys.filter((key) => key.kind === kind).map(({ key }) => ({ group: kind, column: { kind, key } })),
    ),
    ...COST_KEYS.map((key) => ({ group: 'COST', column: { kind: 'FIELD', key } }) as const),
  ];
  const left = offered.filter(
    ({ group, column }) =>
      !shown.has(idOf(column)) &&
      matches(column) &&
      (!onlyDiffering || group === 'FIELD' || group === 'COST' || differing.has(idOf(column))),
  );
  return (
    <div className="stack" style={{ gap: 10 }}>
      <TextInput
        size="xs"
        placeholder="Find a column"
        aria-label="Find a column"
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div
        style={{ maxHeight: 'min(56vh, 460px)', overflow: 'auto', margin: '0 -6px', padding: '0 6px' }}
        tabIndex={-1}
      >
        <ChosenColumns columns={columns.filter(matches)} all={columns} setColumns={setColumns} />
        {(Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((group) => {
          const of = left.filter((one) => one.group === group);
          if (of.length === 0) return null;
          return (
            <section key={group} aria-label={GROUPS[group]}>
              <h3 style={{ fontSize: 12, margin: '12px 0 4px', color: 'var(--muted)', fontWeight: 600 }}>
                {GROUPS[group]}
              </h3>
              {of.slice(0, OFFERED).map(({ column }) => (
                <Checkbox
                  key={idOf(column)}
                  size="xs"
                  my={5}
                  label={labelOf(column)}
                  checked={false}
                  onChange={() => setColumns([...columns, column])}
                />
              ))}
              {of.length > OFFERED && (
                <p className="muted" style={{ fontSize: 12, margin: '4px 0' }}>
                  {of.length - OFFERED} more: type a part of the name.
                </p>
              )}
            </section>
          );
        })}
      </div>
      <div className="row spread" style={{ borderTop: '1px solid var(--line)', paddingTop: 8 }}>
        <Switch
          size="xs"
          label="Only what differs"
          checked={onlyDiffering}
          onChange={(event) => setOnlyDiffering(event.currentTarget.checked)}
        />
        <Button size="compact-xs" variant="subtle" onClick={() => setColumns(usual)}>
          Reset
        </Button>
      </div>
    </div>
  );
}
