'use client';

import { Button, PasswordInput, TextInput } from '@mantine/core';
import { Refused } from '@/design/Refused';
import { useAuth } from './use-auth';

interface Props {
  /** Where it leads. */
  next: string;
  /** The email that was invited, and the token that says so. */
  invited?: { email: string; token: string };
}

const PASSWORD_LENGTH = 12;

/** Makes an account with a password. */
export function SignUpForm({ next, invited }: Props) {
  const { submit, busy, refused } = useAuth(
    'sign-up/email',
    (form) => ({
      name: form.get('name'),
      email: invited?.email ?? form.get('email'),
      password: form.get('password'),
      ...(invited && { invitation: invited.token }),
    }),
    () => location.assign(next),
    true,
  );
  return (
    <form className="auth-form" onSubmit={submit}>
      <TextInput label="Your name" name="name" autoComplete="name" maxLength={120} required />
      <TextInput
        label="Email"
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={invited?.email}
        readOnly={invited !== undefined}
        required
      />
      <PasswordInput
        label="Password"
        description={`At least ${PASSWORD_LENGTH} characters: a few words that nobody else would put together are good.`}
        name="password"
        autoComplete="new-password"
        minLength={PASSWORD_LENGTH}
        maxLength={128}
        required
      />
      <Refused>{refused}</Refused>
      <Button type="submit" loading={busy} fullWidth>
        Make the account
      </Button>
    </form>
  );
}
