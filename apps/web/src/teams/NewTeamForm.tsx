'use client';

import { Button, TextInput } from '@mantine/core';
import { Refused } from '@/design/Refused';
import { useForm } from '@/design/use-form';
import { CreateTeam } from './changes.graphql';

const SHOWN = ['input.name', 'input.slug'];

/** Makes a team, which its maker owns. */
export function NewTeamForm() {
  const form = useForm({
    document: CreateTeam,
    variables: (field) => ({
      input: { name: field('name'), slug: field('slug').trim() || null },
    }),
    // The bar lists one's teams, so that the whole page is read anew.
    done: ({ team }) => location.assign(`/teams/${team.slug}`),
  });
  return (
    <form onSubmit={form.onSubmit} className="fields">
      <TextInput label="Name" name="name" error={form.at('input.name')} maxLength={120} required />
      <TextInput
        label="Address"
        name="slug"
        description="In links: lower-case letters, digits and hyphens. Made of the name if you leave it out."
        error={form.at('input.slug')}
        pattern="[a-z0-9]([a-z0-9\-]{0,62}[a-z0-9])?"
        maxLength={64}
      />
      <Refused>{form.elsewhere(SHOWN)}</Refused>
      <Button type="submit" loading={form.busy}>
        Make the team
      </Button>
    </form>
  );
}
