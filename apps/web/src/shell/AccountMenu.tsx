'use client';

import { ActionIcon, Button } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { usePathname } from 'next/navigation';
import { useViewer } from '@/accounts/ViewerProvider';
import { signInAddress } from '@/accounts/way-back';
import { LazyMenu } from './LazyMenu';

const load = () => import('./AccountItems').then((module) => module.AccountItems);

/** Who is here, what is theirs, and on a narrow screen where the bar leads to. */
export function AccountMenu() {
  const viewer = useViewer();
  const path = usePathname();
  if (viewer?.kind === 'ANONYMOUS') {
    if (path.startsWith('/sign-')) return null;
    return (
      <Button size="xs" onClick={() => location.assign(signInAddress(`${location.pathname}${location.search}`))}>
        Sign in
      </Button>
    );
  }
  const initials = viewer?.person && initialsOf(viewer.person.name);
  return (
    <LazyMenu
      width={250}
      load={load}
      target={
        <ActionIcon
          variant="default"
          size="lg"
          radius="xl"
          // A name begins with what is seen.
          aria-label={[initials, 'Account and more'].filter(Boolean).join(': ')}
        >
          {initials ? (
            <span style={{ fontSize: 12, fontWeight: 600 }}>{initials}</span>
          ) : (
            <IconUser size={17} stroke={1.75} aria-hidden="true" />
          )}
        </ActionIcon>
      }
    />
  );
}

/** 'Olga Ladyzhenskaya' -> 'OL' */
function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const firstAndLast = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  return firstAndLast.map((word) => String.fromCodePoint(word.codePointAt(0)!).toUpperCase()).join('');
}
