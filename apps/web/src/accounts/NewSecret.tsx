'use client';

import { Alert } from '@mantine/core';
import { CopyButton } from '@/design/CopyButton';

interface Props {
  title: string;
  secret: string;
  close: () => void;
}

/** A secret that is shown this one time, with the way to take it along. */
export function NewSecret({ title, secret, close }: Props) {
  return (
    <Alert color="teal" title={title} role="status" withCloseButton closeButtonLabel="I have copied it" onClose={close}>
      <p style={{ margin: '0 0 8px' }}>Copy it now: it is kept as a digest, and nobody can show it again.</p>
      <div className="row" style={{ flexWrap: 'nowrap' }}>
        <code className="secret">{secret}</code>
        <CopyButton text={() => secret} label="Copy the secret">
          Copy
        </CopyButton>
      </div>
    </Alert>
  );
}
