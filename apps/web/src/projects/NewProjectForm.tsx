'use client';

import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { Refused } from '@/design/Refused';
import { homeOf } from '@/design/sections';
import { useForm } from '@/design/use-form';
import { CreateProject } from './settings.graphql';

interface Props {
  /** Those in which the reader may make one. */
  teams: readonly { slug: string; name: string }[];
  /** The slug of the one that is meant at first. */
  team: string | undefined;
}

const SHOWN = ['input.name', 'input.description'];

/** Makes a project. */
export function NewProjectForm({ teams, team }: Props) {
  const router = useRouter();
  const form = useForm({
    document: CreateProject,
    variables: (field) => ({
      input: {
        team: teams.length > 0 ? field('team') : null,
        name: field('name'),
        description: field('description'),
      },
    }),
    done: ({ project }) => router.push(homeOf(project)),
  });
  return (
    <form onSubmit={form.onSubmit} className="fields">
      {teams.length > 0 && (
        <NativeSelect
          label="Team"
          name="team"
          defaultValue={team}
          data={teams.map(({ slug, name }) => ({ value: slug, label: name }))}
        />
      )}
      <TextInput
        label="Name"
        name="name"
        description="Its address is made of it."
        placeholder="Faces in bad light"
        error={form.at('input.name')}
        maxLength={120}
        required
        data-autofocus
      />
      <Textarea
        label="Description"
        name="description"
        placeholder="Which questions it is about."
        error={form.at('input.description')}
        rows={3}
        className="wide"
        maxLength={20_000}
      />
      <Refused>{form.elsewhere(SHOWN)}</Refused>
      <Button type="submit" loading={form.busy}>
        Make the project
      </Button>
    </form>
  );
}
