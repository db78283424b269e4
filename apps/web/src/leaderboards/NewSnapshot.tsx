'use client';

import { Button, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { tellDone } from '@/design/tell';
import { useForm } from '@/design/use-form';
import { CreateSnapshot } from './sharing.graphql';

/** Freezes a board as it stands. */
export function NewSnapshot({ boardId }: { boardId: string }) {
  const router = useRouter();
  const form = useForm({
    document: CreateSnapshot,
    variables: (field) => ({ input: { leaderboardId: boardId, note: field('note') } }),
    done: ({ snapshot }) => {
      tellDone(`Snapshot ${snapshot.number} is made.`);
      router.refresh();
    },
    clears: true,
  });
  return (
    <form onSubmit={form.onSubmit} className="row" style={{ alignItems: 'flex-end' }}>
      <TextInput
        name="note"
        label="Note"
        description="What it is for; part of the snapshot."
        maxLength={2000}
        error={form.at('input.note') ?? form.elsewhere(['input.note'])}
        style={{ flex: '1 1 260px' }}
      />
      <Button type="submit" loading={form.busy}>
        Publish a snapshot
      </Button>
    </form>
  );
}
