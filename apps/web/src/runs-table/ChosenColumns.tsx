'use client';

import { ActionIcon, Checkbox, NativeSelect } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGripVertical, IconPin, IconPinFilled } from '@tabler/icons-react';
import type { ViewColumn } from '@samplewise/domain/search';
import { useState, type KeyboardEvent } from 'react';
import { hide, pin, placeBeside, shift } from './column-moves';
import { idOf, labelOf, uniqueColumns } from './columns';
import { arrange } from './layout';
import css from './runs-table.module.css';

interface Props {
  /** Those that are looked for. */
  columns: readonly ViewColumn[];
  all: readonly ViewColumn[];
  setColumns: (columns: readonly ViewColumn[]) => void;
}

type Aggregate = NonNullable<ViewColumn['aggregate']>;

const AGGREGATES: Readonly<Record<Aggregate, string>> = {
  LAST: 'last',
  MIN: 'min',
  MAX: 'max',
  STEP: 'step',
  CURVE: 'curve',
};

/** The columns that are shown, in their order: to be moved by dragging, by buttons, or by Alt with the arrows. */
export function ChosenColumns({ columns, all, setColumns }: Props) {
  const [over, setOver] = useState<string>();
  const arranged = arrange(all);
  if (columns.length === 0) return null;
  return (
    <ul aria-label="Shown" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {arrange(columns).map((column) => {
        const id = idOf(column);
        const label = labelOf(column);
        const isName = column.kind === 'FIELD' && column.key === 'name';
        const move = (by: -1 | 1): void => setColumns(shift(arranged, id, by));
        return (
          <li
            key={id}
            className={`row ${over === id ? css.dropBefore : ''}`}
            style={{ flexWrap: 'nowrap', gap: 4, position: 'relative', minHeight: 27 }}
            draggable
            onDragStart={(event) => event.dataTransfer.setData('text/plain', id)}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(id);
            }}
            onDragLeave={() => setOver(undefined)}
            onDrop={(event) => {
              event.preventDefault();
              setOver(undefined);
              setColumns(placeBeside(arranged, event.dataTransfer.getData('text/plain'), id, false));
            }}
            onKeyDown={(event: KeyboardEvent) => {
              const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined;
              if (by === undefined || !event.altKey) return;
              event.preventDefault();
              move(by);
            }}
          >
            <IconGripVertical size={14} className="muted" aria-hidden="true" style={{ flex: 'none', cursor: 'grab' }} />
            <Checkbox
              size="xs"
              label={label}
              checked
              disabled={isName}
              onChange={() => setColumns(hide(all, id))}
              style={{ flex: 1, minWidth: 0, overflow: 'hidden' }}
            />
            {column.kind === 'METRIC' && (
              <NativeSelect
                size="xs"
                variant="unstyled"
                aria-label={`What of ${label}`}
                value={column.aggregate ?? 'LAST'}
                data={Object.entries(AGGREGATES).map(([value, text]) => ({ value, label: text }))}
                onChange={(event) => {
                  const aggregate = event.currentTarget.value as Aggregate;
                  const next = { ...column, aggregate: aggregate === 'LAST' ? undefined : aggregate };
                  setColumns(uniqueColumns(all.map((one) => (idOf(one) === id ? next : one))));
                }}
                w={70}
              />
            )}
            <Move label={`Move ${label} up`} onClick={() => move(-1)} Icon={IconArrowUp} />
            <Move label={`Move ${label} down`} onClick={() => move(1)} Icon={IconArrowDown} />
            <Move
              label={`Pin ${label}`}
              isOn={column.pinned === true}
              onClick={() => setColumns(pin(all, id, !column.pinned))}
              Icon={column.pinned ? IconPinFilled : IconPin}
            />
          </li>
        );
      })}
    </ul>
  );
}

interface MoveProps {
  label: string;
  Icon: typeof IconPin;
  isOn?: boolean;
  onClick: () => void;
}

function Move({ label, Icon, isOn, onClick }: MoveProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={22}
      aria-label={label}
      title={label}
      {...(isOn !== undefined && { 'aria-pressed': isOn })}
      onClick={onClick}
    >
      <Icon size={13} aria-hidden="true" />
    </ActionIcon>
  );
}
