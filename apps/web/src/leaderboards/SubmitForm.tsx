'use client';

import { Button, FileInput, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { DataTable } from '@/design/DataTable';
import { count } from '@/design/format';
import { tellDone } from '@/design/tell';
import type { CompetitionRuleFragment, ProblemFragment } from '@/generated/graphql';
import { ACCEPTED, sendSubmission } from './send-submission';

interface Props {
  boardId: string;
  viewer: CompetitionRuleFragment['viewer'];
}

/** Problems that are shown; the file is mended by the first of them. */
const SHOWN = 50;

/** Sends a file of predictions; what is wrong with it is told by row, and nothing is counted then. */
export function SubmitForm({ boardId, viewer }: Props) {
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly ProblemFragment[]>([]);
  // The same for each try of one file: what was received already is not received twice.
  const key = useRef('');

  const send = async (chosen: File): Promise<void> => {
    setBusy(true);
    setProblems([]);
    key.current ||= `page-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
    const sent = await sendSubmission(boardId, { file: chosen, name, note, key: key.current });
    setBusy(false);
    if ('problems' in sent) {
      setProblems(sent.problems);
      return;
    }
    key.current = '';
    setFile(null);
    setNote('');
    tellDone(sent.repeated ? 'It was received already.' : 'It is received, and is being scored.');
    router.refresh();
  };

  return (
    <form
      className="stack"
      style={{ gap: 14 }}
      onSubmit={(event) => {
        event.preventDefault();
        if (file) void send(file);
      }}
    >
      {viewer.refusal && (
        <p role="note" style={{ margin: 0 }}>
          {[viewer.refusal.message, viewer.refusal.mend].filter(Boolean).join(' ')}
        </p>
      )}
      <FileInput
        label="File of predictions"
        description={
          <>
            CSV, JSON lines or Parquet, as it is or packed by gzip or zstd: each sample of{' '}
            <a href={`/leaderboards/${boardId}/samples.csv`}>samples.csv</a> once, in its order, as{' '}
            <code>sample_index</code> with <code>predicted</code> or a column of scores for each class.
          </>
        }
        placeholder="Choose a file"
        accept={ACCEPTED}
        value={file}
        onChange={(chosen) => {
          key.current = '';
          setProblems([]);
          setFile(chosen);
        }}
        clearable
        clearButtonProps={{ 'aria-label': 'Take the file away' }}
      />
      <TextInput
        label="Name"
        description="For people, such as the model."
        required
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput label="Note" value={note} maxLength={2000} onChange={(event) => setNote(event.currentTarget.value)} />
      <div className="row">
        <Button type="submit" loading={busy} disabled={!file || name.trim() === ''}>
          Submit
        </Button>
        <span className="muted" style={{ fontSize: 13 }}>
          {count(viewer.submissionsLeft)} left today
        </span>
      </div>
      {problems.length > 0 && <Report problems={problems} />}
    </form>
  );
}

function Report({ problems }: { problems: readonly ProblemFragment[] }) {
  return (
    <div role="alert" className="stack" style={{ gap: 8 }}>
      <p style={{ margin: 0, fontWeight: 570 }}>Nothing was counted. What is wrong:</p>
      <DataTable
        label="What is wrong"
        heads={[{ label: 'Where' }, { label: 'What' }, { label: 'Value' }, { label: 'What to do' }]}
      >
        {problems.slice(0, SHOWN).map(({ place, message, value, mend }, i) => (
          <tr key={`${place} ${i}`}>
            <td style={{ whiteSpace: 'nowrap' }}>{place ?? 'the file'}</td>
            <td>{message}</td>
            <td style={{ overflowWrap: 'anywhere' }}>{value ?? ''}</td>
            <td>{mend ?? ''}</td>
          </tr>
        ))}
      </DataTable>
      {problems.length > SHOWN && <p className="muted">and {count(problems.length - SHOWN)} more</p>}
    </div>
  );
}
