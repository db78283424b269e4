'use client';

import { Button, Radio, Textarea, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { Refused } from '@/design/Refused';
import { tellDone } from '@/design/tell';
import { useForm } from '@/design/use-form';
import type { ProjectFormFragment, Visibility } from '@/generated/graphql';
import { UpdateProject } from './settings.graphql';
import { VISIBILITIES } from './visibility';

const SHOWN = ['input.name', 'input.description'];

/** What people say of a project, and who may see it. @param mayChange false: it is only shown */
export function ProjectForm({ project, mayChange }: { project: ProjectFormFragment; mayChange: boolean }) {
  const router = useRouter();
  const { id, name, description, visibility, revision } = project;
  const form = useForm({
    document: UpdateProject,
    variables: (field) => ({
      input: {
        projectId: id,
        expectedRevision: revision,
        name: field('name'),
        description: field('description'),
        visibility: field('visibility') as Visibility,
      },
    }),
    done: () => {
      tellDone('The project is changed.');
      router.refresh();
    },
  });
  return (
    <form onSubmit={form.onSubmit}>
      <fieldset disabled={!mayChange} className="fields">
        <TextInput
          label="Name"
          name="name"
          description="Its address stays, so that links do."
          defaultValue={name}
          error={form.at('input.name')}
          maxLength={120}
          required
        />
        <Textarea
          label="Description"
          name="description"
          defaultValue={description}
          error={form.at('input.description')}
          rows={3}
          className="wide"
          maxLength={20_000}
        />
        <Radio.Group label="Who sees it" name="visibility" defaultValue={visibility} className="wide">
          <div style={{ display: 'grid', gap: 10, marginTop: 6 }}>
            {VISIBILITIES.map(({ visibility: value, label, means }) => (
              <Radio key={value} value={value} label={label} description={means} disabled={!mayChange} />
            ))}
          </div>
        </Radio.Group>
        <Refused>{form.elsewhere(SHOWN)}</Refused>
        {mayChange && (
          <Button type="submit" loading={form.busy}>
            Save
          </Button>
        )}
      </fieldset>
    </form>
  );
}
