'use client';

import { Button } from '@mantine/core';
import { IconFiles } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { FileOfDraft } from './files-of-draft';

interface Props {
  files: readonly FileOfDraft[];
  /** @param chosen by the places of the files */
  choose: (chosen: ReadonlyMap<string, File>) => void;
}

const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Many files chosen at once, each put in the place that has its name. */
export function SeveralFiles({ files, choose }: Props) {
  const [strangers, setStrangers] = useState<readonly string[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const take = (list: FileList | null): void => {
    const chosen = new Map<string, File>();
    const others: string[] = [];
    for (const file of list ?? []) {
      const place = files.find(({ name }) => baseOf(name) === file.name)?.place;
      if (place === undefined) others.push(file.name);
      else chosen.set(place, file);
    }
    setStrangers(others);
    choose(chosen);
  };
  return (
    <div className="row">
      <Button
        size="xs"
        variant="default"
        leftSection={<IconFiles size={15} stroke={1.75} aria-hidden="true" />}
        onClick={() => input.current?.click()}
      >
        Choose several at once
      </Button>
      <span className="muted" style={{ fontSize: 13 }}>
        {strangers.length === 0
          ? 'Each goes where its name belongs.'
          : `It has no place for ${strangers.slice(0, 3).join(', ')}${strangers.length > 3 ? ' and others' : ''}.`}
      </span>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Several files"
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}
