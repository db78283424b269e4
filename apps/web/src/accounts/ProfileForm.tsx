'use client';

import { Button, TextInput } from '@mantine/core';
import { Refused } from '@/design/Refused';
import { tellDone } from '@/design/tell';
import { useAuth } from './use-auth';

/** How somebody is called. */
export function ProfileForm({ person }: { person: { name: string; email: string } }) {
  const { submit, busy, refused } = useAuth(
    'update-user',
    (form) => ({ name: form.get('name') }),
    () => {
      tellDone('Your name is changed.');
      // The bar shows it too.
      location.reload();
    },
  );
  return (
    <form onSubmit={submit} className="fields">
      <TextInput label="Name" name="name" autoComplete="name" defaultValue={person.name} maxLength={120} required />
      <TextInput label="Email" value={person.email} description="By which you sign in; it stays." readOnly />
      <Refused>{refused}</Refused>
      <Button type="submit" loading={busy}>
        Save
      </Button>
    </form>
  );
}
