'use client';

import { Button } from '@mantine/core';
import { useViewer } from './ViewerProvider';
import { signInAddress } from './way-back';

/** For whom nobody knows: what is not there for them may be there for who they are. */
export function SignInHere() {
  if (useViewer()?.kind !== 'ANONYMOUS') return null;
  return (
    <Button onClick={() => location.assign(signInAddress(`${location.pathname}${location.search}`))}>Sign in</Button>
  );
}
