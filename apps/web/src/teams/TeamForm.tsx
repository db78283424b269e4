'use client';

import { Button, TextInput } from '@mantine/core';
import { Refused } from '@/design/Refused';
import { useForm } from '@/design/use-form';
import type { TeamHeadFragment } from '@/generated/graphql';
import { UpdateTeam } from './changes.graphql';

/** What people call a team. */
export function TeamForm({ team: { id, name, slug } }: { team: TeamHeadFragment }) {
  const form = useForm({
    document: UpdateTeam,
    variables: (field) => ({ input: { teamId: id, name: field('name') } }),
    // The bar shows it too.
    done: () => location.reload(),
  });
  return (
    <form onSubmit={form.onSubmit} className="fields">
      <TextInput label="Name" name="name" defaultValue={name} error={form.at('input.name')} maxLength={120} required />
      <TextInput label="Address" value={slug} readOnly />
      <Refused>{form.elsewhere(['input.name'])}</Refused>
      <Button type="submit" loading={form.busy}>
        Save
      </Button>
    </form>
  );
}
