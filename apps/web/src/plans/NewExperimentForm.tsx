'use client';

import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { bareId, count } from '@/design/format';
import { ProblemNote } from '@/design/ProblemNote';
import { useAddress } from '@/design/use-address';
import { useRead } from '@/design/use-read';
import { problemAt, problemsElsewhere } from '@/forms/problems';
import { useProblemFocus } from '@/forms/use-problem-focus';
import type { PlannableModelFragment, PlannableRestorationFragment, ProblemFragment, Split } from '@/generated/graphql';
import { ChoiceList } from './ChoiceList';
import { modelChoices, restorationChoices } from './choices';
import { EstimatePlan } from './documents';
import { readPlan, toInput, writePlan, type Plan } from './plan';
import { PlanDetails } from './PlanDetails';
import { PlanPanel } from './PlanPanel';
import { queuePlan, type MadeExperiment } from './queue-plan';

export interface VersionChoice {
  id: string;
  label: string;
  labels: readonly string[];
  samples: number;
  splits: readonly { split: Split; count: number }[];
}

interface Props {
  projectId: string;
  versions: readonly VersionChoice[];
  models: readonly PlannableModelFragment[];
  restorations: readonly PlannableRestorationFragment[];
}

const SHOWN = ['input.name', 'input.description', 'input.plan.modelConfigIds', 'input.plan.restorationConfigIds', 'input.plan.seeds', 'input.plan.sample']; // prettier-ignore

/** Choose what to run on what, see what it would take, queue it. The choice is in the address. */
export function NewExperimentForm({ projectId, versions, models, restorations }: Props) {
  const router = useRouter();
  const [params, changeAddress] = useAddress();
  const none = restorations.find(({ stages }) => stages.length === 0) ?? restorations[0];
  const usual = { versionId: versions[0]?.id ?? '', restorationIds: none ? [none.id] : [] };
  // Kept here too: the address follows a moment later.
  const [plan, setPlan] = useState(() => readPlan(params, usual));
  const change = (changes: Partial<Plan>): void => {
    // Another version has other splits.
    setPlan((now) => ({ ...now, ...('versionId' in changes ? { split: '' as const } : {}), ...changes }));
    changeAddress(writePlan(changes));
  };
  const [name, setName] = useState('');
  const [question, setQuestion] = useState('');
  const [priority, setPriority] = useState('0');
  const [working, setWorking] = useState(false);
  const [problems, setProblems] = useState<readonly ProblemFragment[]>([]);
  /** Made, but its runs could not be queued: another try goes on from there. */
  const [made, setMade] = useState<MadeExperiment>();
  const form = useProblemFocus(problems);
  const version = versions.find(({ id }) => id === plan.versionId);
  const input = toInput(plan);
  const key = JSON.stringify(input ?? null);
  const [settled] = useDebouncedValue(key, 250);
  const asked = useMemo(() => JSON.parse(settled) as typeof input | null, [settled]);
  const { data, error } = useRead(EstimatePlan, asked ? { input: asked } : undefined);
  const estimate = input ? data?.estimatePlan : undefined;
  const runs = estimate?.runs.length ?? 0;
  const flawed = estimate?.runs.some(({ problem }) => problem !== null) ?? false;

  const submit = async (): Promise<void> => {
    if (!input) return;
    setWorking(true);
    const { datasetVersionId, split, plan: wanted } = input;
    const about = { projectId, name, description: question, datasetVersionId, ...(split ? { split } : {}) };
    const queued = await queuePlan({ about, plan: wanted, priority: Number(priority) }, made);
    setMade(queued.made);
    setProblems(queued.problems);
    setWorking(false);
    if (queued.made && queued.problems.length === 0) router.push(`/experiments/${bareId(queued.made.id)}`);
  };

  return (
    <form
      ref={form}
      className="form-beside"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="panel stack">
        {problemsElsewhere(problems, SHOWN).map((problem) => (
          <ProblemNote key={`${problem.place} ${problem.message}`} title="It was not queued" problem={problem} />
        ))}
        <TextInput
          label="Name"
          placeholder="Does restoration help?"
          required
          maxLength={120}
          value={name}
          error={problemAt(problems, 'input.name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label="Question"
          description="What shall the runs answer?"
          autosize
          minRows={1}
          maxRows={6}
          value={question}
          error={problemAt(problems, 'input.description')}
          onChange={(event) => setQuestion(event.currentTarget.value)}
        />
        <div className="row" style={{ alignItems: 'flex-start' }}>
          <NativeSelect
            label="Dataset"
            style={{ flex: '2 1 240px' }}
            value={plan.versionId}
            data={versions.map(({ id, label }) => ({ value: id, label }))}
            onChange={(event) => change({ versionId: event.currentTarget.value })}
          />
          <NativeSelect
            label="Samples"
            style={{ flex: '1 1 160px' }}
            value={plan.split}
            data={[
              { value: '', label: `all ${count(version?.samples ?? 0)}` },
              ...(version?.splits ?? []).map(({ split, count: samples }) => ({
                value: split,
                label: `${split.toLowerCase()}, ${count(samples)}`,
              })),
            ]}
            onChange={(event) => change({ split: event.currentTarget.value as Split | '' })}
          />
        </div>
        <ChoiceList
          label="Models"
          hint="Each meets every restoration."
          choices={modelChoices(models, version?.labels)}
          chosen={plan.modelIds}
          choose={(modelIds) => change({ modelIds })}
          error={problemAt(problems, 'input.plan.modelConfigIds', true)}
          empty={<Link href={`/models/new?project=${bareId(projectId)}`}>Register a model first.</Link>}
        />
        <ChoiceList
          label="Restorations"
          hint="Without steps it is the base to hold the others against."
          choices={restorationChoices(restorations)}
          chosen={plan.restorationIds}
          choose={(restorationIds) => change({ restorationIds })}
          error={problemAt(problems, 'input.plan.restorationConfigIds', true)}
          empty={
            <Link href={`/restorations/new?project=${bareId(projectId)}`}>
              Build a restoration first, if only ‘none’.
            </Link>
          }
        />
        <PlanDetails plan={plan} change={change} problems={problems} priority={priority} setPriority={setPriority} />
      </div>
      <PlanPanel
        estimate={estimate}
        error={input ? error : undefined}
        lacking={input ? undefined : lackingOf(plan)}
        stale={settled !== key}
        actions={
          <div className="row">
            <Button type="submit" loading={working} disabled={!input || flawed || runs === 0}>
              {runs === 0 ? 'Queue' : `Queue ${count(runs)} ${runs === 1 ? 'run' : 'runs'}`}
            </Button>
            {flawed && <span className="muted">Take out what can not run.</span>}
          </div>
        }
      />
    </form>
  );
}

function lackingOf({ modelIds, restorationIds }: Plan): string {
  if (modelIds.length === 0) return 'Choose models to see what their runs would take.';
  return restorationIds.length === 0 ? 'Choose a restoration, if only one without steps.' : 'Choose a dataset.';
}
