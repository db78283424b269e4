'use client';

import { useEffect, useRef } from 'react';
import { Keys } from '@/keyboard/Keys';
import type { Command, CommandGroup } from './command';

interface Props {
  id: string;
  groups: readonly CommandGroup[];
  /** Counted through all groups. */
  selected: number;
  onSelect: (at: number) => void;
  onChoose: (command: Command) => void;
  /** What is shown is about to be replaced. */
  busy: boolean;
}

/** What can be chosen, one of which is selected; the focus stays in the field above. */
export function Options({ id, groups, selected, onSelect, onChoose, busy }: Props) {
  const before = groups.map((_, i) => groups.slice(0, i).reduce((sum, { commands }) => sum + commands.length, 0));
  return (
    <div id={id} role="listbox" aria-label="Found" aria-busy={busy} className="palette-options">
      {groups.map(({ name, commands }, group) => (
        <div key={name} role="group" aria-label={name}>
          <div className="palette-group" aria-hidden="true">
            {name}
          </div>
          {commands.map((command, i) => {
            const at = before[group]! + i;
            return (
              <Option
                key={command.id}
                id={`${id}-${at}`}
                command={command}
                selected={at === selected}
                onSelect={() => onSelect(at)}
                onChoose={() => onChoose(command)}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}

interface OptionProps {
  id: string;
  command: Command;
  selected: boolean;
  onSelect: () => void;
  onChoose: () => void;
}

function Option({ id, command: { label, detail, keys, Icon }, selected, onSelect, onChoose }: OptionProps) {
  const here = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (selected) here.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    <div
      ref={here}
      id={id}
      role="option"
      aria-selected={selected}
      className="option palette-option"
      // Not onMouseEnter: the list moves below a mouse that rests.
      onMouseMove={selected ? undefined : onSelect}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <Icon size={16} stroke={1.75} aria-hidden="true" />
      <span className="palette-label">
        <span className="truncate">{label}</span>
        {detail && <span className="truncate muted">{detail}</span>}
      </span>
      {keys && <Keys keys={keys} />}
    </div>
  );
}
