'use client';

import { Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { bareId, percent } from '@/design/format';
import type { ChosenRunFragment, RunsOfVersionQuery } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { RunsOfVersion } from '../documents';
import { MOST_RUNS } from '../view';
import { Choices } from './Choices';
import { FilterMenu } from './FilterMenu';

type Version = Extract<RunsOfVersionQuery['node'], { __typename: 'DatasetVersion' }>;

interface Props {
  versionId: string;
  runs: readonly ChosenRunFragment[];
  /** @param runs those that are chosen, for their names */
  choose: (runs: ChosenRunFragment[]) => void;
}

/** Whose answers are shown, and asked about; the first one is the one of the filter by prediction. */
export function RunFilter({ versionId, runs, choose }: Props) {
  const [text, setText] = useState('');
  return (
    <FilterMenu
      label="Runs"
      chosen={runs.length > 1 ? String(runs.length) : runs[0]?.name}
      width={340}
      opened={() => setText('')}
    >
      <TextInput
        size="xs"
        aria-label="Find runs"
        placeholder="Find runs by name, model or tag"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
        mb={6}
      />
      <Found versionId={versionId} text={text} runs={runs} choose={choose} />
    </FilterMenu>
  );
}

function Found({ versionId, text, runs, choose }: Pick<Props, 'versionId' | 'runs' | 'choose'> & { text: string }) {
  const [asked] = useDebouncedValue(text.trim(), 200);
  const [answer, setAnswer] = useState<{ asked: string; version?: Version; error?: string }>();
  useEffect(() => {
    let gone = false;
    void browserClient()
      .query(RunsOfVersion, { id: versionId, text: asked === '' ? null : asked })
      .toPromise()
      .then(({ data, error }) => {
        if (gone) return;
        if (data?.node?.__typename === 'DatasetVersion') setAnswer({ asked, version: data.node });
        else setAnswer({ asked, error: error?.message ?? 'No answer came.' });
      });
    return () => {
      gone = true;
    };
  }, [versionId, asked]);

  if (answer?.error !== undefined) return <p role="alert">The runs could not be read: {answer.error}</p>;
  if (!answer?.version) return <Waiting />;
  const experiments = answer.version.experiments.edges
    .map(({ node }) => ({ ...node, runs: node.runs.edges.map((edge) => edge.node) }))
    .filter((experiment) => experiment.runs.length > 0);
  const all = new Map([...runs, ...experiments.flatMap((experiment) => experiment.runs)].map((run) => [run.id, run]));
  const chosen = runs.map(({ id }) => id);
  return (
    <div style={{ maxHeight: 'min(420px, 60vh)', overflowY: 'auto' }}>
      {experiments.length === 0 && <p className="muted">{asked === '' ? 'No run is about it yet.' : 'No run fits.'}</p>}
      {experiments.map((experiment) => (
        <div key={experiment.id}>
          <p className="muted truncate" style={{ margin: '8px 4px 2px', fontSize: 12 }} title={experiment.name}>
            {experiment.name}
            {experiment.split && ` · ${experiment.split.toLowerCase()}`}
          </p>
          <Choices
            label={experiment.name}
            choices={experiment.runs.map((run) => ({
              value: run.id,
              label: `${run.name} #${bareId(run.id)}`,
              ...(run.evaluation?.accuracy.value != null && {
                hint: `${percent(run.evaluation.accuracy.value)} % right`,
              }),
            }))}
            chosen={chosen}
            choose={(ids) => {
              // Those of other experiments, and of other searches, stay.
              const here = new Set(experiment.runs.map(({ id }) => id));
              const kept = chosen.filter((id) => !here.has(id) || ids.includes(id));
              const next = [...kept, ...ids.filter((id) => here.has(id) && !kept.includes(id))];
              choose(next.slice(0, MOST_RUNS).map((id) => all.get(id)!));
            }}
          />
        </div>
      ))}
    </div>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label="Runs are being read" style={{ display: 'grid', gap: 10, padding: 6 }}>
      {[70, 55, 80, 60].map((width) => (
        <Skeleton key={width} height={10} width={`${width}%`} radius="xl" />
      ))}
    </div>
  );
}
