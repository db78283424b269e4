'use client';

import { Button } from '@mantine/core';
import { IconLogin2 } from '@tabler/icons-react';
import { useState } from 'react';
import { Refused } from '@/design/Refused';
import { askAuth } from './auth';
import { signInAddress } from './way-back';

interface Props {
  provider: { id: string; host: string };
  next: string;
}

/** Sets out for an OpenID provider, which leads back here. */
export function ProviderButton({ provider, next }: Props) {
  const [refused, setRefused] = useState<string>();
  const begin = async (): Promise<void> => {
    // Back to the sign-in, which leads on: better-auth takes few characters in these addresses.
    const back = signInAddress(next).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
    const answer = await askAuth('sign-in/social', {
      provider: provider.id,
      callbackURL: back,
      errorCallbackURL: back,
    });
    if ('refused' in answer) setRefused(answer.refused);
    else location.assign(String(answer.data.url));
  };
  return (
    <>
      <Button variant="default" fullWidth leftSection={<IconLogin2 size={16} />} onClick={() => void begin()}>
        Continue with {provider.host}
      </Button>
      <Refused>{refused}</Refused>
    </>
  );
}
