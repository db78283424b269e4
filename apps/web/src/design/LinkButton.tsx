'use client';

import { Button, type ButtonProps } from '@mantine/core';
import Link from 'next/link';
import type { ComponentProps } from 'react';

type Props = ButtonProps & Pick<ComponentProps<typeof Link>, 'href' | 'prefetch' | 'aria-label'>;

/** A link that looks like a button; for server components, which can't hand a component to Button. */
export function LinkButton(props: Props) {
  return <Button component={Link} {...props} />;
}
