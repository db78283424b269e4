'use client';

import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { usePathname, useRouter } from 'next/navigation';
import { useRef } from 'react';
import { useShortcuts } from '@/keyboard/shortcuts';

interface Props {
  label: string;
  /** What is looked for at present. */
  value: string;
}

/** A field that narrows a list of the server's while somebody types; the address holds what it says, as `q`. */
export function SearchField({ label, value }: Props) {
  const router = useRouter();
  const path = usePathname();
  const field = useRef<HTMLInputElement>(null);
  useShortcuts('This list', [{ keys: '/', label, run: () => field.current?.focus() }]);
  const look = useDebouncedCallback((text: string) => {
    router.replace(text.trim() === '' ? path : `${path}?q=${encodeURIComponent(text.trim())}`, { scroll: false });
  }, 200);
  return (
    <TextInput
      ref={field}
      type="search"
      size="sm"
      aria-label={label}
      placeholder={label}
      defaultValue={value}
      maxLength={120}
      leftSection={<IconSearch size={15} stroke={1.75} aria-hidden="true" />}
      onChange={(event) => look(event.currentTarget.value)}
      style={{ width: 'min(100%, 320px)' }}
    />
  );
}
