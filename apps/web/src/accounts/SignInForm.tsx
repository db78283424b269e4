'use client';

import { Button, PasswordInput, TextInput } from '@mantine/core';
import { Refused } from '@/design/Refused';
import { useAuth } from './use-auth';

/** @param next where a sign-in leads */
export function SignInForm({ next, email }: { next: string; email?: string | undefined }) {
  const { submit, busy, refused } = useAuth(
    'sign-in/email',
    (form) => ({ email: form.get('email'), password: form.get('password') }),
    () => location.assign(next),
    true,
  );
  return (
    <form className="auth-form" onSubmit={submit}>
      <TextInput label="Email" name="email" type="email" autoComplete="username" defaultValue={email} required />
      <PasswordInput label="Password" name="password" autoComplete="current-password" required />
      <Refused>{refused}</Refused>
      <Button type="submit" loading={busy} fullWidth>
        Sign in
      </Button>
    </form>
  );
}
