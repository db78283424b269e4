'use client';

import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { signOut } from './sign-out';

export function SignOutButton({ next, children }: { next: string; children: ReactNode }) {
  return (
    <Button variant="default" onClick={() => void signOut(next)} fullWidth>
      {children}
    </Button>
  );
}
