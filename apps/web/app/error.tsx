'use client';

import { RememberedFrame } from '@/shell/RememberedFrame';
import { Trouble } from '@/shell/Trouble';

export default function ErrorPage(props: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <RememberedFrame>
      <Trouble {...props} />
    </RememberedFrame>
  );
}
