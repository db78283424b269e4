'use client';

import { Button, Checkbox } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { attempt, wordsOf } from '@/design/perform';
import { tellDone } from '@/design/tell';
import type { BoardHeadFragment, ProblemFragment, Split } from '@/generated/graphql';
import { HideLabels, ShowLabels } from './competition.graphql';

interface Props {
  version: BoardHeadFragment['datasetVersion'];
  split: Split;
}

/** Hides the labels of the board's samples from all but admins and owners, or shows them. */
export function HiddenLabelsForm({ version, split }: Props) {
  const router = useRouter();
  const hidden = version.hiddenLabels.some((one) => one.split === split && one.shownAt == null);
  const [busy, setBusy] = useState(false);
  const [accept, setAccept] = useState(false);
  const [problems, setProblems] = useState<readonly ProblemFragment[]>([]);
  const change = async (): Promise<void> => {
    setBusy(true);
    const input = { datasetVersionId: version.id, splits: [split] };
    const answer = hidden
      ? await attempt(ShowLabels, { input })
      : await attempt(HideLabels, { input: { ...input, acceptOrder: accept } });
    setBusy(false);
    setProblems('problems' in answer ? answer.problems : []);
    if ('problems' in answer) return;
    tellDone(hidden ? 'The labels are shown to whoever sees the dataset.' : 'The labels are hidden.');
    router.refresh();
  };
  return (
    <div className="stack" style={{ gap: 12 }}>
      <p style={{ margin: 0 }}>
        The labels of {split.toLowerCase()} are{' '}
        {hidden ? 'hidden from all but admins and owners of the team.' : 'seen by whoever sees the dataset.'}
      </p>
      {!hidden && (
        <Checkbox
          label="Also where the order of the samples tells their labels"
          checked={accept}
          onChange={(event) => setAccept(event.currentTarget.checked)}
        />
      )}
      {problems.length > 0 && (
        <p role="alert" style={{ margin: 0, color: 'var(--mantine-color-error)' }}>
          {problems.map(wordsOf).join(' ')}
        </p>
      )}
      <div className="row">
        <Button variant="default" size="xs" loading={busy} onClick={() => void change()}>
          {hidden ? 'Show the labels' : 'Hide the labels'}
        </Button>
        {hidden && (
          <span className="muted" style={{ fontSize: 13 }}>
            Nobody can make others forget them.
          </span>
        )}
      </div>
    </div>
  );
}
