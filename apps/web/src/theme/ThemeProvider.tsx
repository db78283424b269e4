'use client';

import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { Notices } from './Notices';
import { cssVariablesResolver, theme } from './theme';

/** A client component, because the resolver is a function and does not cross from the server. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <Notices />
      {children}
    </MantineProvider>
  );
}
