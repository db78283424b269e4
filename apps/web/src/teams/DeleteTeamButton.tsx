'use client';

import { Button } from '@mantine/core';
import { useState } from 'react';
import { ConfirmName } from '@/design/ConfirmName';
import { perform } from '@/design/perform';
import type { TeamHeadFragment } from '@/generated/graphql';
import { DeleteTeam } from './changes.graphql';

export function DeleteTeamButton({ team: { id, name } }: { team: TeamHeadFragment }) {
  const [asked, setAsked] = useState(false);
  const confirm = async (): Promise<boolean> => {
    const done = await perform(DeleteTeam, { input: { teamId: id } }, 'The team was not deleted');
    if (done) location.assign('/teams');
    return done !== undefined;
  };
  return (
    <>
      <Button color="red" variant="light" onClick={() => setAsked(true)}>
        Delete the team
      </Button>
      {asked && (
        <ConfirmName
          title="Delete the team"
          about={`Everybody in ${name} loses what they may do in it, and its tokens end at once.`}
          name={name}
          confirm={confirm}
          close={() => setAsked(false)}
        />
      )}
    </>
  );
}
