'use client';

import { Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { Empty } from '@/design/Empty';
import { count } from '@/design/format';
import { useAddress } from '@/design/use-address';
import { isOpen, useRun } from '@/runs/RunContext';
import { downloadOf, LEVELS, readLogFilter, SEARCH_LIMIT, STREAMS } from './filter';
import { LogLines } from './LogLines';
import { useLog } from './use-log';

const SEARCH_MILLISECONDS = 250;

/** What a run has printed: searched, narrowed and followed. */
export function LogPanel() {
  const { run } = useRun();
  const [params, change] = useAddress();
  const filter = readLogFilter(params);
  const open = isOpen(run);
  const { store, state } = useLog(run.id, filter, open);
  // Of a run that goes on or has failed, the end is what matters, unless the address names a line.
  const [following, setFollowing] = useState((open || run.status === 'FAILED') && !params.has('line'));
  const [typed, setTyped] = useState(filter.search ?? '');
  const search = useDebouncedCallback(
    (text: string) => change({ search: text === '' ? undefined : text }),
    SEARCH_MILLISECONDS,
  );
  const wrap = params.get('wrap') === 'y';
  const times = params.get('times') !== 'n';

  return (
    <section aria-label="Logs" className="stack" style={{ gap: 10 }}>
      <div className="row" role="group" aria-label="Which lines">
        <TextInput
          size="xs"
          w={230}
          placeholder="Search the lines"
          aria-label="Search the lines"
          value={typed}
          maxLength={SEARCH_LIMIT}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            search(event.currentTarget.value);
          }}
        />
        <NativeSelect
          size="xs"
          aria-label="Level"
          value={filter.level ?? ''}
          onChange={(event) => change({ level: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: 'Any level' },
            ...LEVELS.slice(1).map((level) => ({ value: level, label: `${level} and above` })),
          ]}
        />
        <NativeSelect
          size="xs"
          aria-label="Source"
          value={filter.stream ?? ''}
          onChange={(event) => change({ stream: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: 'Any source' },
            ...Object.entries(STREAMS).map(([value, label]) => ({ value, label })),
          ]}
        />
        <Switch
          size="xs"
          label="Follow"
          title="Stay at the end"
          checked={following}
          onChange={(event) => setFollowing(event.currentTarget.checked)}
        />
        <Switch
          size="xs"
          label="Wrap"
          checked={wrap}
          onChange={(event) => change({ wrap: event.currentTarget.checked ? 'y' : undefined })}
        />
        <Switch
          size="xs"
          label="Times"
          checked={times}
          onChange={(event) => change({ times: event.currentTarget.checked ? undefined : 'n' })}
        />
        <Button
          size="xs"
          variant="default"
          component="a"
          href={downloadOf(run.id, filter)}
          leftSection={<IconDownload size={14} stroke={1.75} aria-hidden="true" />}
          style={{ marginLeft: 'auto' }}
        >
          Download
        </Button>
      </div>
      <p className="muted" style={{ margin: 0, fontSize: 13 }} role="status">
        {told(store.isFiltered, state)}
      </p>
      {state.error !== undefined && (
        <p role="alert" style={{ margin: 0 }}>
          The lines could not be read: {state.error}{' '}
          <Button size="compact-xs" variant="default" onClick={() => store.again()}>
            Try again
          </Button>
        </p>
      )}
      {state.total === 0 && state.complete && state.error === undefined ? (
        store.isFiltered ? (
          <Empty title="No line fits.">Search for something else, or take a filter away.</Empty>
        ) : (
          <Empty title="Nothing was printed yet.">
            Clients log lines by <code>logLines</code>, or a whole text at once: <code>POST /runs/{run.id}/logs</code>.
          </Empty>
        )
      ) : (
        <LogLines
          key={store.isFiltered ? JSON.stringify(filter) : ''}
          store={store}
          state={state}
          filter={filter}
          following={following}
          setFollowing={setFollowing}
          wrap={wrap}
          times={times}
        />
      )}
    </section>
  );
}

function told(
  filtered: boolean,
  { total, lineCount, complete, searching }: ReturnType<typeof useLog>['state'],
): string {
  if (total === undefined) return 'Reading …';
  if (!filtered) return `${count(total)} ${total === 1 ? 'line' : 'lines'}`;
  const found = `${count(total)}${complete ? '' : '+'} of ${count(lineCount)} lines`;
  return searching ? `${found}, searching …` : found;
}
