'use client';

import { Button } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ConfirmName } from '@/design/ConfirmName';
import { count } from '@/design/format';
import { perform } from '@/design/perform';
import { tellDone } from '@/design/tell';
import { DeleteBoard } from './changes.graphql';

interface Props {
  board: { id: string; name: string };
  snapshots: number;
  /** Where to go then. */
  list: string;
}

/** Deletes a board and its snapshots, once its name was typed. */
export function DeleteBoardButton({ board, snapshots, list }: Props) {
  const router = useRouter();
  const [asks, setAsks] = useState(false);
  const confirm = async (): Promise<boolean> => {
    const input = { leaderboardId: board.id, withSnapshots: snapshots > 0 };
    const done = await perform(DeleteBoard, { input }, 'The leaderboard was not deleted');
    if (!done) return false;
    tellDone(`${board.name} is deleted.`);
    router.push(list);
    router.refresh();
    return true;
  };
  const cited =
    snapshots > 0
      ? ` Its ${count(snapshots)} ${snapshots === 1 ? 'snapshot' : 'snapshots'}, which others may have cited, go with it, and their links end.`
      : '';
  return (
    <>
      <Button color="red" variant="light" onClick={() => setAsks(true)}>
        Delete the leaderboard
      </Button>
      {asks && (
        <ConfirmName
          title="Delete the leaderboard"
          about={`Its runs stay.${cited} This can not be undone.`}
          name={board.name}
          confirm={confirm}
          close={() => setAsks(false)}
        />
      )}
    </>
  );
}
