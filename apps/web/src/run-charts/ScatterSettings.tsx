'use client';

import { ActionIcon, Popover, Switch } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';

/** Of the address. */
export interface ScatterChange {
  cx?: string;
  cy?: string;
  clog?: string | undefined;
  front?: string | undefined;
}

interface Props {
  log: { x: boolean; y: boolean };
  hasFront: boolean;
  change: (changes: ScatterChange) => void;
}

export function ScatterSettings({ log, hasFront, change }: Props) {
  const setLog = (x: boolean, y: boolean): void =>
    change({ clog: x || y ? `${x ? 'x' : ''}${y ? 'y' : ''}` : undefined });
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Axes and front">
          <IconAdjustmentsHorizontal size={15} stroke={1.75} aria-hidden="true" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label="Axes and front">
        <div className="stack" style={{ gap: 10 }}>
          <Switch
            size="xs"
            label="Logarithmic horizontal axis"
            checked={log.x}
            onChange={(event) => setLog(event.currentTarget.checked, log.y)}
          />
          <Switch
            size="xs"
            label="Logarithmic vertical axis"
            checked={log.y}
            onChange={(event) => setLog(log.x, event.currentTarget.checked)}
          />
          <Switch
            size="xs"
            label="Mark the runs that none beats in both"
            checked={hasFront}
            onChange={(event) => change({ front: event.currentTarget.checked ? undefined : 'no' })}
          />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
