'use client';

import { Button, PasswordInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Refused } from '@/design/Refused';
import { SkeletonPanel } from '@/design/Skeleton';
import { tellDone, tellProblem } from '@/design/tell';
import { askAuth } from './auth';
import { useAuth } from './use-auth';

/** By what somebody signs in: a new password, and the end of sessions in other browsers. */
export function SignInWays() {
  const [ways, setWays] = useState<string[]>();
  useEffect(() => {
    void askAuth('list-accounts').then((answer) => {
      const accounts = 'data' in answer && Array.isArray(answer.data) ? (answer.data as { providerId: string }[]) : [];
      setWays(accounts.map(({ providerId }) => providerId));
    });
  }, []);
  const endOthers = async (): Promise<void> => {
    const answer = await askAuth('revoke-other-sessions', {});
    if ('refused' in answer) tellProblem('The other sessions go on.', answer.refused);
    else tellDone('You are signed in here alone.');
  };
  if (ways === undefined) return <SkeletonPanel height={220} />;
  return (
    <div className="stack">
      {ways.includes('credential') ? (
        <PasswordForm />
      ) : (
        <p style={{ margin: 0 }}>You sign in with a provider, which knows your password.</p>
      )}
      <div>
        <Button variant="default" onClick={() => void endOthers()}>
          Sign out in all other browsers
        </Button>
      </div>
    </div>
  );
}

function PasswordForm() {
  const { submit, busy, refused } = useAuth(
    'change-password',
    (form) => ({
      currentPassword: form.get('current'),
      newPassword: form.get('new'),
      revokeOtherSessions: true,
    }),
    () => tellDone('Your password is changed; other browsers are signed out.'),
  );
  return (
    <form onSubmit={submit} className="fields">
      <PasswordInput label="Present password" name="current" autoComplete="current-password" required />
      <PasswordInput
        label="New password"
        description="At least 12 characters."
        name="new"
        autoComplete="new-password"
        minLength={12}
        maxLength={128}
        required
      />
      <Refused>{refused}</Refused>
      <Button type="submit" loading={busy}>
        Change the password
      </Button>
    </form>
  );
}
