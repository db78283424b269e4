'use client';

import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';

interface Props {
  /** What is about to happen: 'Delete the project'. */
  title: string;
  /** What comes of it. */
  about: string;
  /** What has to be typed. */
  name: string;
  /** @returns whether it was done; the dialog stays open otherwise */
  confirm: () => Promise<boolean>;
  close: () => void;
}

/** Asks for the name of what is about to go, so that nothing goes by a slip of the hand. */
export function ConfirmName({ title, about, name, confirm, close }: Props) {
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    if (!(await confirm())) setBusy(false);
  };
  return (
    <Modal opened onClose={close} title={title}>
      <form onSubmit={(event) => void submit(event)} className="stack" style={{ gap: 14 }}>
        <p style={{ margin: 0 }}>{about}</p>
        <TextInput
          label={`Type ‘${name}’ to go on`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" color="red" loading={busy} disabled={typed.trim() !== name}>
            {title}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
