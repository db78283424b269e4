'use client';

import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import type { ViewColumn } from '@samplewise/domain/search';
import { useRef } from 'react';
import { save } from '@/charts/save';
import { count } from '@/design/format';
import { tellProblem } from '@/design/tell';
import { exportRuns, type Format } from './export';
import type { Asked } from './scope';
import type { Selection } from './selection';

interface Props {
  asked: Asked;
  columns: readonly ViewColumn[];
  /** What is chosen; undefined: nothing is, and all that fit are meant. */
  selection: Selection | undefined;
}

/** What the table shows, as a file. */
export function ExportMenu({ asked, columns, selection }: Props) {
  const running = useRef<AbortController>(undefined);
  const start = async (format: Format): Promise<void> => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const id = notifications.show({
      loading: true,
      message: 'Reading runs …',
      autoClose: false,
      withBorder: true,
      onClose: () => controller.abort(),
    });
    try {
      const file = await exportRuns({
        asked,
        columns,
        format,
        ...(selection && { selection }),
        signal: controller.signal,
        onProgress: (rows) =>
          notifications.update({ id, loading: true, message: `Reading runs: ${count(rows)} …`, autoClose: false }),
      });
      save(`runs.${format}`, file);
      notifications.update({ id, loading: false, message: `runs.${format} is saved.`, autoClose: 4000 });
    } catch (error) {
      notifications.hide(id);
      if (!controller.signal.aborted) tellProblem('The runs were not exported', (error as Error).message);
    }
  };
  const what = selection ? 'the chosen runs' : 'all that fit';
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={15} stroke={1.75} aria-hidden="true" />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>The columns as shown, of {what}</Menu.Label>
        <Menu.Item onClick={() => void start('csv')}>CSV</Menu.Item>
        <Menu.Item onClick={() => void start('json')}>JSON</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
