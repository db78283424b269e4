'use client';

import { NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FieldOfConfig } from './fields';
import { fromText, toText } from './texts';

interface Props {
  field: FieldOfConfig;
  value: unknown;
  error: string | undefined;
  change: (value: unknown) => void;
}

/** One field of a config, as its kind is written. */
export function ConfigField({ field, value, error, change }: Props) {
  const { kind, label, hint, choices = [], usual, required = false } = field;
  const common = { label, description: hint, error, required, size: 'sm' } as const;
  if (kind === 'choice') {
    const first = usual === undefined ? [] : [{ value: '', label: `${usual} (unless said)` }];
    return (
      <NativeSelect
        {...common}
        value={typeof value === 'string' || typeof value === 'number' ? String(value) : ''}
        data={[
          ...first,
          ...choices.filter((choice) => choice !== usual).map((choice) => ({ value: choice, label: choice })),
        ]}
        onChange={(event) => change(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
      />
    );
  }
  if (kind === 'switch') {
    return (
      <Switch
        label={label}
        description={hint}
        error={error}
        checked={value === true}
        onChange={(event) => change(event.currentTarget.checked ? true : undefined)}
      />
    );
  }
  return <TextField {...common} kind={kind} value={value} usual={usual} change={change} />;
}

interface TextProps {
  label: string;
  description: string | undefined;
  error: string | undefined;
  required: boolean;
  size: 'sm';
  kind: FieldOfConfig['kind'];
  value: unknown;
  usual: string | undefined;
  change: (value: unknown) => void;
}

/** Keeps what is typed: a list that ends in a comma is the same list, and must not lose its comma at once. */
function TextField({ kind, value, usual, change, ...shown }: TextProps) {
  const [typed, setTyped] = useState<string>();
  const written = toText(kind, value);
  const same = typed !== undefined && toText(kind, fromText(kind, typed)) === written;
  const input = {
    ...shown,
    value: same ? typed : written,
    placeholder: usual ?? '',
    onChange: (event: { currentTarget: { value: string } }) => {
      setTyped(event.currentTarget.value);
      change(fromText(kind, event.currentTarget.value));
    },
  };
  if (kind === 'area' || kind === 'lines' || kind === 'words') {
    return <Textarea {...input} autosize minRows={kind === 'area' ? 3 : 2} maxRows={12} />;
  }
  return <TextInput {...input} inputMode={kind === 'number' ? 'decimal' : 'text'} />;
}
