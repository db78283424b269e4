'use client';

import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { perform } from '@/design/perform';
import { UpdateRun } from './actions.documents';
import { useRun } from './RunContext';

export function RenameDialog({ close }: { close: () => void }) {
  const { run, setRun } = useRun();
  const [name, setName] = useState(run.name);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const input = { runId: run.id, name, expectedRevision: run.revision };
    const done = await perform(UpdateRun, { input }, 'The run was not renamed');
    setBusy(false);
    if (!done) return;
    setRun(done.run);
    close();
  };
  return (
    <Modal opened onClose={close} title="Rename the run">
      <form onSubmit={(event) => void submit(event)} className="stack" style={{ gap: 14 }}>
        <TextInput
          label="Name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          data-autofocus
        />
        <Button type="submit" loading={busy} style={{ alignSelf: 'end' }}>
          Rename
        </Button>
      </form>
    </Modal>
  );
}
