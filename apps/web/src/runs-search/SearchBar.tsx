'use client';

import { ActionIcon, Kbd } from '@mantine/core';
import { IconClock, IconSearch, IconX } from '@tabler/icons-react';
import { readSearch } from '@samplewise/domain/search';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { useRecent } from './recent';
import css from './SearchBar.module.css';
import { complete, useSuggestions } from './use-suggestions';

interface Props {
  projectId: string;
  /** What holds. */
  search: string;
  setSearch: (search: string) => void;
  /** Beside it: the way to the filter builder. */
  children?: ReactNode;
}

interface Option {
  key: string;
  text: string;
  detail: string;
  isRecent: boolean;
  /** What is typed when it is chosen, and where one types on. */
  put: () => { search: string; at: number };
}

const EXAMPLE = 'accuracy > 0.8 and model:"resnet*"';

/** The search language, completed while it is typed; what is wrong is marked at its place, with the mend. */
export function SearchBar({ projectId, search, setSearch, children }: Props) {
  const [draft, setDraft] = useState(search);
  const [caret, setCaret] = useState(search.length);
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const problemId = useId();
  const { recent, remember } = useRecent(projectId);
  const suggestions = useSuggestions(projectId, draft, isOpen && draft !== '' ? caret : undefined);
  const read = readSearch(draft);
  const flaw = 'error' in read ? read.error : undefined;
  // Who is still typing a word is not told that it ends too early.
  const isTold = flaw !== undefined && (!isOpen || flaw.to < draft.trimEnd().length);

  // Another search may come from elsewhere, such as a view.
  const [held, setHeld] = useState(search);
  if (held !== search) {
    setHeld(search);
    setDraft(search);
  }

  const options: Option[] =
    draft === ''
      ? recent.map((text) => ({
          key: text,
          text,
          detail: '',
          isRecent: true,
          put: () => ({ search: text, at: text.length }),
        }))
      : suggestions.map((suggestion) => ({
          key: `${suggestion.from} ${suggestion.text}`,
          text: suggestion.text,
          detail: suggestion.detail,
          isRecent: false,
          put: () => complete(draft, suggestion),
        }));
  const shown = isOpen && options.length > 0;

  const apply = (text: string): void => {
    setIsOpen(false);
    if ('error' in readSearch(text)) return;
    setActive(-1);
    remember(text);
    setSearch(text.trim());
  };
  const take = (option: Option): void => {
    const { search: next, at } = option.put();
    setDraft(next);
    setCaret(at);
    setActive(-1);
    if (option.isRecent) apply(next);
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(at, at);
    });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const chosen = shown ? options[active] : undefined;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setIsOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((before) => ((before + step + options.length + 1 + 1) % (options.length + 1)) - 1);
    } else if (event.key === 'Enter' || (event.key === 'Tab' && chosen)) {
      event.preventDefault();
      if (chosen) take(chosen);
      else apply(draft);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (shown) setIsOpen(false);
      else setDraft(search);
      setActive(-1);
    }
  };

  return (
    <div className={css.field}>
      <IconSearch size={15} stroke={1.75} className={css.icon} aria-hidden="true" />
      <Mirror text={draft} flaw={isTold ? flaw : undefined} input={input} />
      <input
        ref={input}
        className={css.input}
        style={{ background: 'transparent' }}
        role="combobox"
        aria-label="Search runs"
        aria-expanded={shown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown && active >= 0 ? `${listId}-${active}` : undefined}
        aria-invalid={isTold}
        aria-describedby={isTold ? problemId : undefined}
        placeholder={`Search, such as ${EXAMPLE}`}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={4000}
        value={draft}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          setCaret(event.currentTarget.selectionStart ?? event.currentTarget.value.length);
          setIsOpen(true);
          setActive(-1);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
        onFocus={() => setIsOpen(true)}
        onBlur={() => setIsOpen(false)}
        onKeyDown={onKeyDown}
      />
      <span className={css.end}>
        {draft.trim() !== search && !flaw && <Kbd size="xs">Enter</Kbd>}
        {draft !== '' && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            aria-label="Clear the search"
            onClick={() => {
              setDraft('');
              setSearch('');
              input.current?.focus();
            }}
          >
            <IconX size={14} aria-hidden="true" />
          </ActionIcon>
        )}
        {children}
      </span>
      <ul id={listId} role="listbox" aria-label="Suggestions" className={css.list} hidden={!shown}>
        {shown &&
          options.map((option, i) => (
            <li
              key={option.key}
              id={`${listId}-${i}`}
              role="option"
              aria-selected={i === active}
              className={css.option}
              ref={i === active ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
              // Before the input loses its focus.
              onMouseDown={(event) => {
                event.preventDefault();
                take(option);
              }}
            >
              <span className="truncate">
                {option.isRecent && (
                  <IconClock size={13} aria-hidden="true" style={{ marginRight: 8, verticalAlign: -2 }} />
                )}
                {option.text}
              </span>
              <span className="muted" style={{ flex: 'none', fontSize: 12.5 }}>
                {option.detail}
              </span>
            </li>
          ))}
      </ul>
      <p id={problemId} role="status" className={css.problem} hidden={!isTold || shown}>
        {isTold && !shown && (
          <>
            Character {flaw.from + 1}: {flaw.message} {flaw.mend}
          </>
        )}
      </p>
    </div>
  );
}

interface MirrorProps {
  text: string;
  flaw: { from: number; to: number } | undefined;
  input: RefObject<HTMLInputElement | null>;
}

/** Marks a part of what is typed. */
function Mirror({ text, flaw, input }: MirrorProps) {
  const mirror = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A long search is scrolled within its field.
    if (mirror.current && input.current) mirror.current.scrollLeft = input.current.scrollLeft;
  });
  if (!flaw) return null;
  const [from, to] = flaw.to > flaw.from ? [flaw.from, flaw.to] : [text.length, text.length + 1];
  return (
    <div ref={mirror} className={css.mirror} aria-hidden="true">
      {text.slice(0, from)}
      <span className={css.flaw}>{text.slice(from, to) || ' '}</span>
      {text.slice(to)}
    </div>
  );
}
