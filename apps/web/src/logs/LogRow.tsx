'use client';

import { UnstyledButton } from '@mantine/core';
import { memo, useMemo } from 'react';
import { cutAt, piecesOf } from './ansi';
import type { LogLine } from './log-store';
import styles from './Logs.module.css';

interface Props {
  /** In the list. */
  place: number;
  /** Of lines that are wrapped. */
  measure: ((element: Element | null) => void) | undefined;
  /** None while it is on its way. */
  line: LogLine | undefined;
  search: string | undefined;
  times: boolean;
  marked: boolean;
  /** Has the address name a line. */
  mark: (number: number) => void;
}

/** One line: its number (a link to it), when, how serious, and what it says. */
export const LogRow = memo(
  function LogRow({ place, measure, line, search, times, marked, mark }: Props) {
    if (!line) return <div className={styles.line} data-index={place} ref={measure} aria-hidden="true" />;
    const { number, time, level, stream } = line;
    return (
      <div
        className={styles.line}
        data-index={place}
        data-level={level ?? undefined}
        data-stream={stream}
        data-marked={marked || undefined}
        ref={measure}
      >
        <UnstyledButton
          className={styles.number}
          tabIndex={-1}
          aria-label={`Mark line ${number}`}
          onClick={() => mark(number)}
        >
          {number}
        </UnstyledButton>
        {times && (
          <time className={styles.time} dateTime={time} title={time}>
            {clock(time)}
          </time>
        )}
        <span className={styles.level}>{level ?? ''}</span>
        <span className={styles.text}>
          <Text text={line.text} search={search} />
        </span>
      </div>
    );
  },
  (before, after) =>
    before.line === after.line &&
    before.place === after.place &&
    before.search === after.search &&
    before.times === after.times &&
    before.marked === after.marked &&
    before.measure === after.measure,
);

function Text({ text, search }: { text: string; search: string | undefined }) {
  const pieces = useMemo(() => piecesOf(text), [text]);
  return pieces.map(({ text: part, colour, bold, faint }, i) => (
    <span
      key={i}
      data-colour={colour}
      style={{ ...(bold && { fontWeight: 650 }), ...(faint && { color: 'var(--muted)' }) }}
    >
      {cutAt(part, search).map((cut, at) => (at % 2 === 1 ? <mark key={at}>{cut}</mark> : cut))}
    </span>
  ));
}

/** The time of day as the reader's clock has it, with milliseconds. */
function clock(time: string): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
