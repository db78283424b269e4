'use client';

import { Button, Textarea } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { Markdown } from '@/design/Markdown';
import { perform } from '@/design/perform';
import { UpdateRun } from './actions.documents';
import { useRun } from './RunContext';

/** What people have written about the run, as Markdown. */
export function NotesPanel() {
  const { run, canWrite, setRun } = useRun();
  const [draft, setDraft] = useState<string>();
  const [busy, setBusy] = useState(false);
  if (!canWrite && run.description === '') return null;

  const save = async (): Promise<void> => {
    setBusy(true);
    const input = { runId: run.id, description: draft ?? '', expectedRevision: run.revision };
    const done = await perform(UpdateRun, { input }, 'The notes were not saved');
    setBusy(false);
    if (!done) return;
    setRun(done.run);
    setDraft(undefined);
  };

  return (
    <section className="panel" aria-label="Notes">
      <div className="row spread" style={{ marginBottom: run.description === '' && draft === undefined ? 0 : 8 }}>
        <h2>Notes</h2>
        {canWrite && draft === undefined && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconPencil size={13} stroke={1.75} aria-hidden="true" />}
            onClick={() => setDraft(run.description)}
          >
            {run.description === '' ? 'Write' : 'Edit'}
          </Button>
        )}
      </div>
      {draft === undefined ? (
        run.description !== '' && <Markdown>{run.description}</Markdown>
      ) : (
        <div className="stack" style={{ gap: 10 }}>
          <Textarea
            aria-label="Notes, in Markdown"
            description="Markdown: **bold**, `code`, lists, tables, links."
            autosize
            minRows={5}
            maxRows={24}
            value={draft}
            autoFocus
            onChange={(event) => setDraft(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setDraft(undefined);
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
            }}
          />
          <span className="row" style={{ gap: 8 }}>
            <Button size="xs" loading={busy} onClick={() => void save()}>
              Save
            </Button>
            <Button size="xs" variant="subtle" color="gray" onClick={() => setDraft(undefined)}>
              Discard
            </Button>
          </span>
        </div>
      )}
    </section>
  );
}
