'use client';

import { ActionIcon, Autocomplete, Button } from '@mantine/core';
import { IconTag, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { perform } from '@/design/perform';
import { tellDone } from '@/design/tell';
import { browserClient } from '@/graphql/browser';
import { TagKeys, UpdateRun } from './actions.documents';
import { useRun } from './RunContext';
import styles from './RunAbout.module.css';
import { readTag, type Tag } from './tag';

/** The run's tags; who may write adds and takes away. */
export function TagEditor() {
  const { run, canWrite, setRun } = useRun();
  const [adding, setAdding] = useState(false);

  const change = async (input: { setTags?: Tag[]; removeTags?: string[] }): Promise<boolean> => {
    const done = await perform(UpdateRun, { input: { runId: run.id, ...input } }, 'The tags were not changed');
    if (done) setRun(done.run);
    return done !== undefined;
  };
  const remove = async (tag: Tag): Promise<void> => {
    if (await change({ removeTags: [tag.key] })) {
      tellDone(`The tag ${tag.key} is removed.`, () => void change({ setTags: [tag] }));
    }
  };

  if (!canWrite && run.tags.length === 0) return null;
  return (
    <ul className={styles.tags} aria-label="Tags">
      {run.tags.map((tag) => (
        <li key={tag.key} className={styles.tag} title={tag.value === '' ? tag.key : `${tag.key} = ${tag.value}`}>
          <span>
            {tag.key}
            {tag.value !== '' && <span className="muted"> {tag.value}</span>}
          </span>
          {canWrite && (
            <ActionIcon
              size={16}
              variant="subtle"
              color="gray"
              aria-label={`Remove the tag ${tag.key}`}
              onClick={() => void remove(tag)}
            >
              <IconX size={11} aria-hidden="true" />
            </ActionIcon>
          )}
        </li>
      ))}
      {canWrite && (
        <li>
          {adding ? (
            <NewTag add={async (tag) => change({ setTags: [tag] })} close={() => setAdding(false)} />
          ) : (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              leftSection={<IconTag size={13} stroke={1.75} aria-hidden="true" />}
              onClick={() => setAdding(true)}
            >
              Add tag
            </Button>
          )}
        </li>
      )}
    </ul>
  );
}

/** Enter adds and asks for another one; Escape, or leaving it empty, ends. */
function NewTag({ add, close }: { add: (tag: Tag) => Promise<boolean>; close: () => void }) {
  const { framed } = useRun();
  const [text, setText] = useState('');
  const [keys, setKeys] = useState<string[]>([]);
  const complete = async (): Promise<void> => {
    const { data } = await browserClient().query(TagKeys, { projectId: framed.experiment.project.id }).toPromise();
    if (data?.node?.__typename === 'Project') setKeys(data.node.runKeys);
  };
  const submit = async (): Promise<void> => {
    const tag = readTag(text);
    if (tag && (await add(tag))) setText('');
  };
  return (
    <Autocomplete
      size="xs"
      w={190}
      aria-label="New tag"
      placeholder="key or key=value, Enter"
      value={text}
      data={keys}
      limit={8}
      autoFocus
      onFocus={() => void complete()}
      onChange={setText}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void submit();
        if (event.key === 'Escape') close();
      }}
      onBlur={() => {
        if (text === '') close();
      }}
    />
  );
}
