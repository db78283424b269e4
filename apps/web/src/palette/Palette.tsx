'use client';

import { Modal } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useId, useState, type KeyboardEvent } from 'react';
import { closeOverlay } from '@/keyboard/overlay';
import { useCurrentProject } from '@/shell/current-project';
import { narrowed, type Command } from './command';
import { Options } from './Options';
import { useCommands } from './use-commands';
import { useFound } from './use-found';

/** One field from which everything can be reached: what is found by its name, and what can be done. */
export function Palette() {
  const router = useRouter();
  const project = useCurrentProject();
  const list = useId();
  const [text, setText] = useState('');
  const [selected, setSelected] = useState(0);
  const found = useFound(text, project?.id);
  const groups = [
    ...useCommands(project).map(({ name, commands }) => ({ name, commands: narrowed(commands, text) })),
    ...found.groups,
  ].filter(({ commands }) => commands.length > 0);
  const all = groups.flatMap(({ commands }) => commands);
  const at = Math.min(selected, all.length - 1);
  const choose = ({ does }: Command): void => {
    closeOverlay();
    if (typeof does === 'string') router.push(does);
    else does();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 }[event.key];
    if (next !== undefined) {
      // From the last one on to the first one, but not by whole pages.
      const wraps = event.key.startsWith('Arrow');
      setSelected(wraps ? (next + all.length) % all.length : Math.max(0, Math.min(all.length - 1, next)));
    } else if (event.key === 'Enter' && all[at]) choose(all[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal
      opened
      onClose={closeOverlay}
      withCloseButton={false}
      padding={0}
      size={620}
      yOffset="12vh"
      transitionProps={{ duration: 0 }}
      aria-label="Search, or jump to anything"
    >
      <div className="palette-field">
        <IconSearch size={18} stroke={1.75} aria-hidden="true" className="muted" />
        <input
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={all[at] && `${list}-${at}`}
          aria-label="Search, or jump to anything"
          placeholder={project ? `Search ${project.name}, or jump to …` : 'Search, or jump to …'}
          spellCheck={false}
          autoComplete="off"
          data-autofocus
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setSelected(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <Options id={list} groups={groups} selected={at} onSelect={setSelected} onChoose={choose} busy={found.isOld} />
      {all.length === 0 && (
        <p className="muted palette-empty" role="status">
          {emptyWords(found, text)}
        </p>
      )}
    </Modal>
  );
}

function emptyWords({ isOld, failed }: { isOld: boolean; failed: boolean }, text: string): string {
  if (isOld) return 'Looking …';
  return failed ? 'The API does not answer. Try again in a moment.' : `Nothing has '${text.trim()}' in its name.`;
}
