'use client';

import { ActionIcon, Button, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { linesOf, searchOf, filterOf } from './conditions';
import { printSearch } from '@samplewise/domain/search';
import css from './SearchBar.module.css';

interface Props {
  search: string;
  setSearch: (search: string) => void;
  /** Opens the filter builder. */
  edit: () => void;
}

/** What holds at present, each condition by itself. */
export function SearchChips({ search, setSearch, edit }: Props) {
  const parts = linesOf(search);
  if (!parts || parts.lines.length === 0) return null;
  const { joined, lines } = parts;
  return (
    <div className="row" style={{ gap: 6 }} role="group" aria-label="Conditions">
      {lines.map((line, i) => {
        const text = printSearch(filterOf(line) ?? {});
        return (
          <span key={text} className="row" style={{ gap: 6, maxWidth: '100%' }}>
            {i > 0 && (
              <span className="muted" style={{ fontSize: 12 }}>
                {joined}
              </span>
            )}
            <span className={css.chip}>
              <UnstyledButton className={`${css.chipText} truncate`} onClick={edit} title={`${text}: edit`}>
                {text}
              </UnstyledButton>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={22}
                aria-label={`Remove the condition ${text}`}
                onClick={() => setSearch(searchOf({ joined, lines: lines.toSpliced(i, 1) }))}
              >
                <IconX size={12} aria-hidden="true" />
              </ActionIcon>
            </span>
          </span>
        );
      })}
      {lines.length > 1 && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setSearch('')}>
          Clear all
        </Button>
      )}
    </div>
  );
}
