'use client';

import { Button } from '@mantine/core';
import { useState } from 'react';
import { ConfirmName } from '@/design/ConfirmName';
import { perform } from '@/design/perform';
import { DeleteProject } from './settings.graphql';

interface Props {
  project: { id: string; name: string; team: { slug: string } };
}

export function DeleteProjectButton({ project: { id, name, team } }: Props) {
  const [asked, setAsked] = useState(false);
  const confirm = async (): Promise<boolean> => {
    const done = await perform(DeleteProject, { input: { projectId: id } }, 'The project was not deleted');
    // To where it can be restored; nothing of the page knows it any more.
    if (done) location.assign(`/teams/${team.slug}`);
    return done !== undefined;
  };
  return (
    <>
      <Button color="red" variant="light" onClick={() => setAsked(true)}>
        Delete the project
      </Button>
      {asked && (
        <ConfirmName
          title="Delete the project"
          about={`${name} goes into the bin with all that is in it, and its address is free. Admins of the team can restore it for 30 days.`}
          name={name}
          confirm={confirm}
          close={() => setAsked(false)}
        />
      )}
    </>
  );
}
