'use client';

import { Button, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';

interface Props {
  /** @param value undefined: the tag is taken away */
  tag: (key: string, value: string | undefined) => Promise<void>;
  close: () => void;
}

/** Hangs a tag on runs, or takes one from them. */
export function TagDialog({ tag, close }: Props) {
  const [deed, setDeed] = useState<'add' | 'remove'>('add');
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');
  return (
    <Modal opened onClose={close} title="Tag the chosen runs" size="sm">
      <form
        className="stack"
        style={{ gap: 14 }}
        onSubmit={(event) => {
          event.preventDefault();
          close();
          void tag(key.trim(), deed === 'add' ? value.trim() : undefined);
        }}
      >
        <SegmentedControl
          size="xs"
          value={deed}
          onChange={(next) => setDeed(next)}
          data={[
            { value: 'add', label: 'Add or change' },
            { value: 'remove', label: 'Remove' },
          ]}
        />
        <TextInput
          label="Tag"
          placeholder="stage"
          data-autofocus
          required
          maxLength={250}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        {deed === 'add' && (
          <TextInput
            label="Value"
            description="A tag may be a word alone."
            placeholder="final"
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
        )}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" disabled={key.trim() === ''}>
            {deed === 'add' ? 'Tag' : 'Remove the tag'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
