'use client';

import { Button } from '@mantine/core';
import { Refused } from '@/design/Refused';
import { useForm } from '@/design/use-form';
import { AcceptInvitation } from './sign-in.graphql';

/** Comes into the team of an invitation. */
export function AcceptButton({ token }: { token: string }) {
  const form = useForm({
    document: AcceptInvitation,
    variables: () => ({ token }),
    // The whole page is read anew: there is more to see now.
    done: ({ membership }) => location.assign(`/teams/${membership.team.slug}`),
  });
  return (
    <form onSubmit={form.onSubmit} className="auth-form">
      <Refused>{form.elsewhere([])}</Refused>
      <Button type="submit" loading={form.busy} fullWidth>
        Accept
      </Button>
    </form>
  );
}
