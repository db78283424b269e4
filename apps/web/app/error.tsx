'use client';

import { Button } from '@mantine/core';
import { Empty } from '@/design/Empty';

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Empty title="This page could not be made.">
      <p>
        Mostly the API does not answer for the moment.{' '}
        {error.digest ? `The server's log has the reason under ${error.digest}.` : error.message}
      </p>
      <Button onClick={reset}>Try again</Button>
    </Empty>
  );
}
