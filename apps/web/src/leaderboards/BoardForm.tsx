'use client';

import { Button, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { bareId } from '@/design/format';
import { attempt } from '@/design/perform';
import { ProblemNote } from '@/design/ProblemNote';
import { tellDone } from '@/design/tell';
import { problemAt, problemsElsewhere } from '@/forms/problems';
import { useProblemFocus } from '@/forms/use-problem-focus';
import type { BoardHeadFragment, ProblemFragment } from '@/generated/graphql';
import { draftOf, EMPTY_DRAFT, experimentsOf, ruleOf, type BoardDraft } from './board-draft';
import type { BoardChoices } from './board-choices';
import { CreateBoard, UpdateBoard } from './changes.graphql';
import { FigureSelect } from './FigureSelect';
import { FilterFields } from './FilterFields';
import { COSTS, METRICS } from './metric';
import { MetricFields } from './MetricFields';
import { SampleFields } from './SampleFields';

interface Props {
  projectId: string;
  choices: BoardChoices;
  /** Whether a public board may be made. */
  mayPublish: boolean;
  /** The board that is changed; else one is made. */
  board?: BoardHeadFragment;
  /** The version with which a new one begins. */
  versionId?: string | undefined;
}

const SHOWN = ['name', 'description', 'datasetVersionId', 'split', 'metric', 'direction', 'tieBreaks', 'costs'].map(
  (field) => `input.${field}`,
);

/** The rule of a board: on which samples, by what, who stands on it, who sees it. */
export function BoardForm({ projectId, choices, mayPublish, board, versionId }: Props) {
  const router = useRouter();
  const begins = { ...EMPTY_DRAFT, datasetVersionId: versionId ?? choices.versions[0]?.id ?? '' };
  const [draft, setDraft] = useState<BoardDraft>(() => (board ? draftOf(board) : begins));
  const [problems, setProblems] = useState<readonly ProblemFragment[]>([]);
  const [busy, setBusy] = useState(false);
  const form = useProblemFocus(problems);
  const change = (changes: Partial<BoardDraft>): void => setDraft((now) => ({ ...now, ...changes }));
  const at = (field: string, within = false) => problemAt(problems, `input.${field}`, within);

  const save = async (): Promise<void> => {
    setBusy(true);
    const answer = board
      ? await attempt(UpdateBoard, {
          input: {
            ...ruleOf(draft, experimentsOf(board)),
            leaderboardId: board.id,
            expectedRevision: board.revision,
          },
        })
      : await attempt(CreateBoard, {
          input: {
            ...ruleOf(draft),
            projectId,
            datasetVersionId: draft.datasetVersionId,
            ...(draft.split !== '' && { split: draft.split }),
          },
        });
    setBusy(false);
    if ('problems' in answer) {
      setProblems(answer.problems);
      return;
    }
    tellDone(board ? 'The rule is changed; the board is ranked anew.' : 'The board is made, and is being ranked.');
    router.push(`/leaderboards/${bareId(answer.done.leaderboard.id)}`);
    router.refresh();
  };

  return (
    <form
      ref={form}
      className="panel stack"
      style={{ maxWidth: 860 }}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {problemsElsewhere(problems, [...SHOWN, 'input.filter', 'input.visibility']).map((problem) => (
        <ProblemNote key={`${problem.place} ${problem.message}`} title="It was not saved" problem={problem} />
      ))}
      <TextInput
        label="Name"
        required
        maxLength={120}
        value={draft.name}
        error={at('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Textarea
        label="What it is about"
        autosize
        minRows={1}
        maxRows={8}
        maxLength={20_000}
        value={draft.description}
        error={at('description')}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      <SampleFields draft={draft} change={change} choices={choices} fixed={board !== undefined} at={at} />
      <MetricFields draft={draft} change={change} at={at} />
      <FigureSelect
        label="Tie-breaks"
        description="What decides between entries of the same value, in this order."
        known={[...METRICS, ...COSTS].filter((name) => name !== draft.metric)}
        chosen={draft.tieBreaks}
        most={5}
        error={at('tieBreaks', true)}
        change={(tieBreaks) => change({ tieBreaks })}
      />
      <FilterFields draft={draft} change={change} choices={choices} error={at('filter', true)} />
      <FigureSelect
        label="Costs"
        description="Columns beside the metric, each with its Pareto front. For a logged metric type logged: and its key."
        known={COSTS}
        chosen={draft.costs}
        most={10}
        error={at('costs', true)}
        change={(costs) => change({ costs })}
      />
      <NativeSelect
        label="Who sees it"
        value={draft.visibility}
        error={at('visibility')}
        data={[
          { value: 'PRIVATE', label: 'Members of the team, without its viewers' },
          { value: 'TEAM', label: 'All of the team' },
          {
            value: 'PUBLIC',
            label: mayPublish ? 'Everybody, without a login' : 'Everybody (admins of the team decide)',
            disabled: !mayPublish && draft.visibility !== 'PUBLIC',
          },
        ]}
        onChange={(event) => change({ visibility: event.currentTarget.value as BoardDraft['visibility'] })}
      />
      <Switch
        label="Leave out leaked samples"
        description="Those whose very bytes stand in an earlier split, too. The other ranking is shown beside it."
        checked={draft.excludeLeaks}
        onChange={(event) => change({ excludeLeaks: event.currentTarget.checked })}
      />
      <div className="row">
        <Button type="submit" loading={busy} disabled={draft.name.trim() === ''}>
          {board ? 'Save' : 'Make the leaderboard'}
        </Button>
      </div>
    </form>
  );
}
