'use client';

import { Button } from '@mantine/core';
import { IconCloudOff, IconLock, IconMoodPuzzled } from '@tabler/icons-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { startTransition, useEffect } from 'react';
import { problemOfDigest, type PageProblem } from '@/graphql/problem';

/** Milliseconds between attempts while the API is away. */
const AGAIN_AFTER = 5000;

interface Props {
  error: Error & { digest?: string };
  reset: () => void;
}

/** Why a page is not there, and the way on. */
export function Trouble({ error, reset }: Props) {
  const router = useRouter();
  const problem = problemOfDigest(error.digest);
  const again = (): void =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  useAgain(problem?.code === 'UNAVAILABLE', again);
  const { Icon, title, words } = told(problem, error);
  return (
    <div className="trouble" role="alert">
      <Icon size={32} stroke={1.5} aria-hidden="true" className="muted" />
      <h1>{title}</h1>
      <p className="muted">{words}</p>
      <div className="row" style={{ justifyContent: 'center' }}>
        <Button onClick={again}>Try again</Button>
        <Button component={Link} href="/projects" variant="default">
          All projects
        </Button>
      </div>
    </div>
  );
}

/** What is away for a moment comes back by itself. */
function useAgain(wanted: boolean, again: () => void): void {
  useEffect(() => {
    if (!wanted) return undefined;
    const timer = setInterval(again, AGAIN_AFTER);
    return () => clearInterval(timer);
  });
}

function told(problem: PageProblem | undefined, error: Props['error']) {
  if (problem?.code === 'UNAVAILABLE') {
    return {
      Icon: IconCloudOff,
      title: 'The API does not answer at the moment.',
      words: 'Nothing is lost. This page tries again every few seconds by itself.',
    };
  }
  if (problem?.code === 'FORBIDDEN') {
    return { Icon: IconLock, title: 'You may not see this page.', words: problem.message };
  }
  const reason = error.digest ? `The server's log has the reason under ${error.digest}.` : error.message;
  return { Icon: IconMoodPuzzled, title: 'This page could not be made.', words: problem?.message ?? reason };
}
