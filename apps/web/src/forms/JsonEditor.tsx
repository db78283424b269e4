'use client';

import { Textarea } from '@mantine/core';
import { useState } from 'react';

interface Props<Value> {
  value: Value;
  change: (value: Value) => void;
  /** Whether what was written is of the right form; the API looks at the rest. */
  accepts: (value: unknown) => value is Value;
  what: string;
}

/** A config as JSON, for who has it already, or wants what the form does not show. */
export function JsonEditor<Value>({ value, change, accepts, what }: Props<Value>) {
  const [typed, setTyped] = useState<string>();
  const [error, setError] = useState<string>();
  const write = (text: string): void => {
    setTyped(text);
    try {
      const parsed: unknown = JSON.parse(text);
      if (!accepts(parsed)) throw new SyntaxError(`It must be ${what}.`);
      setError(undefined);
      change(parsed);
    } catch (problem) {
      setError((problem as Error).message);
    }
  };
  return (
    <details>
      <summary style={{ cursor: 'pointer', fontWeight: 570 }}>As JSON</summary>
      <Textarea
        aria-label="The config as JSON"
        mt={8}
        autosize
        minRows={6}
        maxRows={24}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 } }}
        value={error !== undefined || isStill(typed, value) ? typed : JSON.stringify(value, null, 2)}
        error={error}
        onChange={(event) => write(event.currentTarget.value)}
      />
    </details>
  );
}

/** What is typed says the same, however it is spaced: the cursor stays where it is. */
function isStill(typed: string | undefined, value: unknown): boolean {
  return typed !== undefined && JSON.stringify(JSON.parse(typed)) === JSON.stringify(value);
}
