'use client';

import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import Link from 'next/link';
import { useState } from 'react';
import { addressOf, MOST_RUNS } from '@/compare/selection';
import { bareId, count } from '@/design/format';
import type { RunList } from './run-list';
import type { Asked } from './scope';
import { EVERYTHING, NOTHING, sizeOf, type Selection } from './selection';
import { TagDialog } from './TagDialog';
import { useDeeds } from './use-deeds';

interface Props {
  asked: Asked;
  list: RunList;
  selection: Selection;
  setSelection: (selection: Selection) => void;
  mayWrite: boolean;
  isGrouped: boolean;
  /** Reads all rows anew. */
  reload: () => void;
}

/** What can be done with the runs that are chosen. */
export function SelectionBar({ asked, list, selection, setSelection, mayWrite, isGrouped, reload }: Props) {
  const [isTagging, setIsTagging] = useState(false);
  const { total } = list;
  const size = sizeOf(selection, total.rows);
  const deeds = useDeeds({ asked, list, selection, isGrouped, reload, clear: () => setSelection(NOTHING) });
  const all = `${count(total.rows)}${total.isExact ? '' : '+'}`;
  return (
    <div className="row" role="toolbar" aria-label="Chosen runs" style={{ gap: 8 }}>
      <strong style={{ fontSize: 13.5 }} aria-live="polite">
        {selection.all && size === total.rows ? `All ${all} runs are chosen` : `${count(size)} chosen`}
      </strong>
      {!selection.all && size < total.rows && (
        <Button size="compact-xs" variant="subtle" onClick={() => setSelection(EVERYTHING)}>
          Choose all {all} that fit
        </Button>
      )}
      <Compare selection={selection} />
      {mayWrite && (
        <>
          <Button size="xs" variant="default" disabled={deeds.isWorking} onClick={() => setIsTagging(true)}>
            Tag…
          </Button>
          <Button size="xs" variant="default" disabled={deeds.isWorking} onClick={deeds.archive}>
            Archive
          </Button>
          <Button size="xs" variant="default" disabled={deeds.isWorking} onClick={deeds.remove} c="var(--wrong)">
            Delete
          </Button>
        </>
      )}
      <Menu position="bottom-start" shadow="md">
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            rightSection={<IconChevronDown size={13} aria-hidden="true" />}
            loading={deeds.isWorking}
          >
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {mayWrite && (
            <>
              <Menu.Item onClick={deeds.cancel}>Cancel those at work</Menu.Item>
              <Menu.Item onClick={deeds.pause}>Pause</Menu.Item>
              <Menu.Item onClick={deeds.unpause}>Go on</Menu.Item>
              <Menu.Item onClick={deeds.clone}>Run again</Menu.Item>
              <Menu.Item onClick={deeds.unarchive}>Take out of the archive</Menu.Item>
            </>
          )}
          <Menu.Item onClick={() => void navigator.clipboard.writeText(namesOf(selection))} disabled={selection.all}>
            Copy their ids
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setSelection(NOTHING)}>
        Clear
      </Button>
      {isTagging && <TagDialog close={() => setIsTagging(false)} tag={deeds.tag} />}
    </div>
  );
}

const namesOf = (selection: Selection): string => (selection.all ? '' : [...selection.ids].join('\n'));

/** Leads to the comparison of the runs that are chosen; says what is missing until then. */
function Compare({ selection }: { selection: Selection }) {
  const ids = selection.all ? [] : [...selection.ids].map(bareId);
  if (ids.length >= 2 && ids.length <= MOST_RUNS) {
    return (
      <Button size="xs" component={Link} href={addressOf({ runs: ids })}>
        Compare {ids.length}
      </Button>
    );
  }
  return (
    <Button
      size="xs"
      disabled
      title={ids.length === 1 ? 'Choose one more to compare.' : `2 to ${MOST_RUNS} runs can be compared.`}
    >
      Compare
    </Button>
  );
}
