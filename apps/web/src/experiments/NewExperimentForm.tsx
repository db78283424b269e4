'use client';

import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { bareId, count } from '@/design/format';
import { ProblemNote } from '@/design/ProblemNote';
import type { ProblemFragment, Split } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { QueueRuns } from './documents';
import { CreateExperiment } from './new-experiment.documents';

interface Choice {
  id: string;
  label: string;
}

interface Props {
  projectId: string;
  versions: (Choice & { splits: { split: Split; count: number }[]; samples: number })[];
  models: Choice[];
  restorations: Choice[];
}

/** Choose what to run on what; every model meets every restoration. */
export function NewExperimentForm({ projectId, versions, models, restorations }: Props) {
  const router = useRouter();
  const [name, setName] = useState('');
  const [question, setQuestion] = useState('');
  const [versionId, setVersionId] = useState(versions[0]?.id ?? '');
  const [split, setSplit] = useState<Split | ''>('');
  const [modelIds, setModelIds] = useState<string[]>([]);
  const [restorationIds, setRestorationIds] = useState<string[]>(restorations.slice(0, 1).map((r) => r.id));
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<ProblemFragment>();
  const version = versions.find((v) => v.id === versionId);
  const runs = modelIds.length * restorationIds.length;
  const samples = split === '' ? (version?.samples ?? 0) : (version?.splits.find((s) => s.split === split)?.count ?? 0);

  const submit = async (): Promise<void> => {
    setWorking(true);
    setProblem(await createAndQueue());
    setWorking(false);
  };

  /** @returns what went wrong */
  const createAndQueue = async (): Promise<ProblemFragment | undefined> => {
    const client = browserClient();
    const plan = { modelConfigIds: modelIds, restorationConfigIds: restorationIds };
    const input = {
      projectId,
      name,
      description: question,
      datasetVersionId: versionId,
      plan,
      ...(split === '' ? {} : { split }),
    };
    const created = await client.mutation(CreateExperiment, { input }).toPromise();
    const result = created.data?.createExperiment;
    if (result?.__typename !== 'CreateExperimentPayload')
      return result?.problems[0] ?? unanswered(created.error?.message);
    const experimentId = result.experiment.id;
    const queued = await client.mutation(QueueRuns, { input: { experimentId } }).toPromise();
    const queue = queued.data?.queueRuns;
    if (queue?.__typename !== 'QueueRunsPayload') return queue?.problems[0] ?? unanswered(queued.error?.message);
    router.push(`/experiments/${bareId(experimentId)}`);
    return undefined;
  };

  return (
    <form
      className="panel stack"
      style={{ gap: 16, maxWidth: 720 }}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextInput
        label="Name"
        placeholder="Does restoration help?"
        required
        maxLength={120}
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <TextInput
        label="Question"
        description="What shall the runs answer?"
        value={question}
        onChange={(e) => setQuestion(e.currentTarget.value)}
      />
      <div className="row" style={{ alignItems: 'flex-end' }}>
        <NativeSelect
          label="Dataset version"
          value={versionId}
          onChange={(e) => {
            setVersionId(e.currentTarget.value);
            setSplit('');
          }}
          data={versions.map((v) => ({ value: v.id, label: v.label }))}
        />
        <NativeSelect
          label="Split"
          value={split}
          onChange={(e) => setSplit(e.currentTarget.value as Split | '')}
          data={[
            { value: '', label: `All (${count(version?.samples ?? 0)})` },
            ...(version?.splits ?? []).map((s) => ({
              value: s.split,
              label: `${s.split.toLowerCase()} (${count(s.count)})`,
            })),
          ]}
        />
      </div>
      <Choices legend="Models" choices={models} chosen={modelIds} choose={setModelIds} />
      <Choices legend="Restorations" choices={restorations} chosen={restorationIds} choose={setRestorationIds} />
      {problem && <ProblemNote title="The experiment was not queued" problem={problem} />}
      <div className="row">
        <Button type="submit" disabled={runs === 0 || name.trim() === ''} loading={working}>
          Create and queue {count(runs)} {runs === 1 ? 'run' : 'runs'}
        </Button>
        <span className="muted">{count(runs * samples)} predictions</span>
      </div>
    </form>
  );
}

function Choices({
  legend,
  choices,
  chosen,
  choose,
}: {
  legend: string;
  choices: Choice[];
  chosen: string[];
  choose: (ids: string[]) => void;
}) {
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
      <legend style={{ fontWeight: 550, padding: 0, marginBottom: 6 }}>{legend}</legend>
      <Checkbox.Group value={chosen} onChange={choose}>
        <div className="row">
          {choices.map((c) => (
            <Checkbox key={c.id} value={c.id} label={c.label} />
          ))}
        </div>
      </Checkbox.Group>
      {choices.length === 0 && (
        <span className="muted">None yet: register one with `npx samplewise models register`.</span>
      )}
    </fieldset>
  );
}

function unanswered(message = 'No answer came.'): ProblemFragment {
  return { code: 'INTERNAL', message, place: null, value: null, mend: 'Try again.' };
}
