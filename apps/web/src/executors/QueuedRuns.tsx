'use client';

import { ActionIcon, Badge, Button, Menu } from '@mantine/core';
import { IconDotsVertical, IconMinus, IconPlayerPause, IconPlayerPlay, IconPlus, IconX } from '@tabler/icons-react';
import Link from 'next/link';
import { useState } from 'react';
import { DataTable } from '@/design/DataTable';
import { bareId } from '@/design/format';
import { RelativeTime } from '@/design/RelativeTime';
import { homeOf } from '@/design/sections';
import type { QueuedRunFragment } from '@/generated/graphql';
import { StatusBadge } from '@/runs/StatusBadge';
import styles from './Executors.module.css';
import type { QueueDeeds } from './queue-deeds';

interface Props {
  team: string;
  runs: readonly QueuedRunFragment[];
  deeds: QueueDeeds;
}

/** The rest is shown when it is asked for. */
const FIRST = 12;

/** The open runs of a team in the order in which executors take them, and what can be done to each. */
export function QueuedRuns({ team, runs, deeds }: Props) {
  const [all, setAll] = useState(false);
  const shown = all ? runs : runs.slice(0, FIRST);
  return (
    <>
      <DataTable
        label={`Runs of ${team}`}
        heads={[
          { label: 'Run' },
          { label: 'Status' },
          { label: 'Priority', hint: '10 to −10, among the runs of the team' },
          { label: 'Project' },
          { label: 'Queued' },
          { label: 'Actions', hidden: true },
        ]}
      >
        {shown.map((run) => (
          <Row key={run.id} run={run} deeds={deeds} />
        ))}
      </DataTable>
      {shown.length < runs.length && (
        <Button variant="subtle" size="xs" m={6} onClick={() => setAll(true)}>
          {runs.length - shown.length} more
        </Button>
      )}
    </>
  );
}

function Row({ run, deeds }: { run: QueuedRunFragment; deeds: QueueDeeds }) {
  const writes = run.experiment.project.viewerPermissions.includes('WRITE');
  return (
    <tr>
      <td style={{ maxWidth: 320 }}>
        <Link href={`/runs/${bareId(run.id)}`} className="truncate" title={run.name}>
          {run.name}
        </Link>
        <Link
          href={`/experiments/${bareId(run.experiment.id)}`}
          className="truncate muted"
          style={{ fontSize: 12.5 }}
          title={run.experiment.name}
        >
          {run.experiment.name}
        </Link>
      </td>
      <td>
        <span className="row" style={{ gap: 6, flexWrap: 'nowrap' }}>
          <StatusBadge status={run.status} done={run.sampleDone} total={run.sampleTotal} />
          {run.pausedAt != null && (
            <Badge variant="light" color="gray" size="sm" radius="sm">
              paused
            </Badge>
          )}
        </span>
      </td>
      <td>{writes ? <Priority run={run} deeds={deeds} /> : run.priority}</td>
      <td style={{ maxWidth: 180 }}>
        <Link href={homeOf(run.experiment.project)} className="truncate" title={run.experiment.project.name}>
          {run.experiment.project.name}
        </Link>
      </td>
      <td className="muted" style={{ whiteSpace: 'nowrap' }}>
        <RelativeTime value={run.createdAt} />
      </td>
      <td style={{ width: 76 }}>{writes && <Actions run={run} deeds={deeds} />}</td>
    </tr>
  );
}

const MOST = 10;

function Priority({ run: { id, name, priority }, deeds }: { run: QueuedRunFragment; deeds: QueueDeeds }) {
  return (
    <span className={styles.priority}>
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        aria-label={`Lower the priority of ${name}`}
        disabled={priority <= -MOST}
        onClick={() => void deeds.prioritize(id, priority - 1)}
      >
        <IconMinus size={14} stroke={1.75} />
      </ActionIcon>
      <output aria-label={`Priority of ${name}`}>{priority}</output>
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        aria-label={`Raise the priority of ${name}`}
        disabled={priority >= MOST}
        onClick={() => void deeds.prioritize(id, priority + 1)}
      >
        <IconPlus size={14} stroke={1.75} />
      </ActionIcon>
    </span>
  );
}

const ICON = { size: 15, stroke: 1.75, 'aria-hidden': true } as const;

function Actions({ run: { id, name, pausedAt }, deeds }: { run: QueuedRunFragment; deeds: QueueDeeds }) {
  const paused = pausedAt != null;
  return (
    <span className="row" style={{ gap: 2, flexWrap: 'nowrap', justifyContent: 'flex-end' }}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={paused ? `Go on with ${name}` : `Pause ${name}`}
        title={paused ? 'Go on' : 'Pause'}
        onClick={() => void deeds.pause(id, !paused)}
      >
        {paused ? <IconPlayerPlay {...ICON} /> : <IconPlayerPause {...ICON} />}
      </ActionIcon>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`More for ${name}`}>
            <IconDotsVertical {...ICON} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void deeds.prioritize(id, MOST)}>To the front</Menu.Item>
          <Menu.Item onClick={() => void deeds.prioritize(id, -MOST)}>To the end</Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconX {...ICON} />} onClick={() => void deeds.cancel(id, name)}>
            Cancel for good
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
