'use client';

import { Button, Modal, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';

interface Props {
  title: string;
  name: string;
  asksShared: boolean;
  /** @returns the problem, if there is one */
  save: (name: string, isShared: boolean) => Promise<string | undefined>;
  close: () => void;
}

/** The name of a view. */
export function ViewDialog({ title, name: first, asksShared, save, close }: Props) {
  const [name, setName] = useState(first);
  const [isShared, setIsShared] = useState(true);
  const [problem, setProblem] = useState<string>();
  const [isWorking, setIsWorking] = useState(false);
  const submit = async (): Promise<void> => {
    setIsWorking(true);
    const failed = await save(name.trim(), isShared);
    setIsWorking(false);
    setProblem(failed);
    if (failed === undefined) close();
  };
  return (
    <Modal opened onClose={close} title={title} size="sm">
      <form
        className="stack"
        style={{ gap: 14 }}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextInput
          label="Name"
          data-autofocus
          required
          maxLength={120}
          value={name}
          error={problem}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {asksShared && (
          <Switch
            label="Everybody in the project sees it"
            checked={isShared}
            onChange={(event) => setIsShared(event.currentTarget.checked)}
          />
        )}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={isWorking} disabled={name.trim() === ''}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
