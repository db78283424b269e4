'use client';

import { Button } from '@mantine/core';
import { useState } from 'react';
import { ProblemNote } from '@/design/ProblemNote';
import type { ProblemFragment } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { AcceptInvitation } from './sign-in.graphql';

/** Comes into the team of an invitation. */
export function AcceptButton({ token }: { token: string }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemFragment>();
  const accept = async (): Promise<void> => {
    setBusy(true);
    const { data } = await browserClient().mutation(AcceptInvitation, { token }).toPromise();
    const result = data?.acceptInvitation;
    // The whole page is read anew: there is more to see now.
    if (result?.__typename === 'AcceptInvitationPayload') location.assign(`/teams/${result.membership.team.slug}`);
    else {
      setProblem(result?.problems[0]);
      setBusy(false);
    }
  };
  return (
    <>
      {problem && <ProblemNote title="The invitation was not accepted." problem={problem} />}
      <Button loading={busy} onClick={() => void accept()} fullWidth>
        Accept
      </Button>
    </>
  );
}
