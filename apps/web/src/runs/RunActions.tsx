'use client';

import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconArchive,
  IconCopy,
  IconDotsVertical,
  IconFileTypeCsv,
  IconGitCompare,
  IconPencil,
  IconRepeat,
  IconTrash,
} from '@tabler/icons-react';
import Link from 'next/link';
import { useState } from 'react';
import { addressOf } from '@/compare/selection';
import { bareId } from '@/design/format';
import { tellDone } from '@/design/tell';
import { CloneDialog } from './CloneDialog';
import { RenameDialog } from './RenameDialog';
import { isOpen, useRun } from './RunContext';
import { useRunDeeds } from './use-run-deeds';

const ICON = { size: 15, stroke: 1.75, 'aria-hidden': true } as const;
const FORMATS = { csv: 'CSV', ndjson: 'NDJSON', parquet: 'Parquet' } as const;

/** What can be done with a run. */
export function RunActions() {
  const { run, framed, canWrite } = useRun();
  const { archive, remove } = useRunDeeds();
  const [dialog, setDialog] = useState<'clone' | 'rename'>();
  const id = bareId(run.id);
  const close = (): void => setDialog(undefined);
  return (
    <>
      {framed.evaluation && (
        <Button
          size="xs"
          variant="default"
          component={Link}
          href={addressOf({ runs: [id] })}
          leftSection={<IconGitCompare {...ICON} />}
        >
          Compare with …
        </Button>
      )}
      {canWrite && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRepeat {...ICON} />}
          onClick={() => setDialog('clone')}
          aria-haspopup="dialog"
        >
          Clone
        </Button>
      )}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label="More that can be done">
            <IconDotsVertical {...ICON} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconCopy {...ICON} />}
            onClick={() => void navigator.clipboard.writeText(run.id).then(() => tellDone(`${run.id} is copied.`))}
          >
            Copy the id
          </Menu.Item>
          {framed.experiment.datasetVersion &&
            Object.entries(FORMATS).map(([format, label]) => (
              <Menu.Item
                key={format}
                component="a"
                href={`/runs/${run.id}/predictions.${format}`}
                leftSection={<IconFileTypeCsv {...ICON} />}
              >
                Predictions as {label}
              </Menu.Item>
            ))}
          {canWrite && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconPencil {...ICON} />} onClick={() => setDialog('rename')}>
                Rename
              </Menu.Item>
              <Menu.Item leftSection={<IconArchive {...ICON} />} onClick={() => void archive(!run.archivedAt)}>
                {run.archivedAt ? 'Take out of the archive' : 'Archive'}
              </Menu.Item>
              <Menu.Item
                color="red"
                leftSection={<IconTrash {...ICON} />}
                disabled={isOpen(run) && run.source === 'EXECUTOR'}
                onClick={() => void remove()}
              >
                Delete
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'clone' && <CloneDialog close={close} />}
      {dialog === 'rename' && <RenameDialog close={close} />}
    </>
  );
}
