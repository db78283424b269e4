'use client';

import { Button, Menu, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { bareId } from '@/design/format';
import { ProblemNote } from '@/design/ProblemNote';
import { tellDone } from '@/design/tell';
import { JsonEditor } from '@/forms/JsonEditor';
import { getAt, isObject, type Draft } from '@/forms/paths';
import { problemAt, problemsElsewhere, unanswered } from '@/forms/problems';
import { useProblemFocus } from '@/forms/use-problem-focus';
import type { ProblemFragment } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { MISSING } from '@/models/files-of-draft';
import { TryPanel } from '@/trials/TryPanel';
import { CreateRestoration } from './documents';
import { kindOfStep, STEP_KINDS } from './step-kinds';
import { StepEditor } from './StepEditor';
import styles from './Steps.module.css';

interface Props {
  projectId: string;
  start: { name: string; steps: readonly Draft[] };
  models: readonly { id: string; label: string }[];
}

/** As the API says. */
const MOST_STEPS = 8;
const PLACE = 'input.steps';

interface KeyedStep {
  /** Stays with a step, wherever it is moved. */
  key: number;
  step: Draft;
}

/** Builds a restoration of steps, and shows what it makes of a picture before it is registered. */
export function NewRestorationForm({ projectId, start, models }: Props) {
  const router = useRouter();
  const keys = useRef(start.steps.length);
  const [name, setName] = useState(start.name);
  const [keyed, setKeyed] = useState<readonly KeyedStep[]>(start.steps.map((step, key) => ({ key, step })));
  const [problems, setProblems] = useState<readonly ProblemFragment[]>([]);
  const [working, setWorking] = useState(false);
  const form = useProblemFocus(problems);
  const steps = keyed.map(({ step }) => step);
  const isWhole = steps.every((step) => (kindOfStep(step)?.files ?? []).every((file) => hasFile(step, file.place)));

  const put = (next: readonly Draft[]): void =>
    setKeyed(next.map((step) => keyed.find((known) => known.step === step) ?? { key: keys.current++, step }));
  const change = (at: number, step: Draft): void =>
    setKeyed((now) => now.map((known, i) => (i === at ? { ...known, step } : known)));
  const move = (at: number, by: 1 | -1): void => {
    const next = [...keyed];
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(at + by, 0, moved);
    setProblems([]);
    setKeyed(next);
  };

  const submit = async (): Promise<void> => {
    setWorking(true);
    const { data, error } = await browserClient()
      .mutation(CreateRestoration, { input: { projectId, name, steps } })
      .toPromise();
    setWorking(false);
    const result = data?.result;
    if (result?.__typename !== 'CreateRestorationConfigPayload') {
      setProblems(result?.problems ?? [unanswered(error?.message)]);
      return;
    }
    const { id, version } = result.restorationConfig;
    tellDone(result.created ? `${name} is registered as version ${version}.` : `${name} has this version already.`);
    router.push(`/restorations/${bareId(id)}`);
  };

  const shown = ['input.name', ...steps.flatMap(placesOf)];
  return (
    <div className="form-beside">
      <form
        ref={form}
        className="panel stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {problemsElsewhere(problems, shown).map((problem) => (
          <ProblemNote key={`${problem.place} ${problem.message}`} title="It was not registered" problem={problem} />
        ))}
        <TextInput
          label="Name"
          description="A name that is there already gets a new version."
          required
          maxLength={120}
          value={name}
          error={problemAt(problems, 'input.name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ol className={styles.steps} aria-label="Steps">
          {keyed.map(({ key, step }, i) => (
            <StepEditor
              key={key}
              at={i}
              of={keyed.length}
              step={step}
              problems={problems}
              place={`${PLACE}.${i}`}
              change={(next) => change(i, next)}
              move={(by) => move(i, by)}
              remove={() => setKeyed((now) => now.filter((known) => known.key !== key))}
            />
          ))}
        </ol>
        {steps.length === 0 && (
          <p className="muted" style={{ margin: 0 }}>
            Without steps it is ‘none’: pictures stay as they are.
          </p>
        )}
        <AddStep
          disabled={steps.length >= MOST_STEPS}
          add={(draft) => setKeyed((now) => [...now, { key: keys.current++, step: draft }])}
        />
        <JsonEditor value={steps} change={put} accepts={isSteps} what="a list of steps" />
        <div className="row">
          <Button type="submit" loading={working} disabled={!isWhole}>
            Register
          </Button>
          {!isWhole && <span className="muted">Its files come first.</span>}
        </div>
      </form>
      <section className="panel stack" style={{ gap: 14 }} aria-labelledby="try">
        <h2 id="try">Try it before</h2>
        <TryPanel
          projectId={projectId}
          tried={isWhole && steps.length > 0 ? { steps } : undefined}
          beside={{ kind: 'model', choices: models, none: 'nobody, only restored' }}
          waitingFor={steps.length === 0 ? 'Add a step to see what it makes of a picture.' : 'Its files come first.'}
          again
        />
      </section>
    </div>
  );
}

function AddStep({ disabled, add }: { disabled: boolean; add: (draft: Draft) => void }) {
  return (
    <Menu position="bottom-start" width={340} shadow="md">
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          disabled={disabled}
          leftSection={<IconPlus size={15} stroke={1.75} aria-hidden="true" />}
          style={{ alignSelf: 'flex-start' }}
        >
          Add a step
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
        {Object.entries(STEP_KINDS).map(([key, { title, about, draft }]) => (
          <Menu.Item key={key} onClick={() => add(draft)}>
            <span style={{ fontWeight: 550 }}>{title}</span>
            <span className="muted" style={{ display: 'block', fontSize: 12.5 }}>
              {about}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const isSteps = (value: unknown): value is readonly Draft[] => Array.isArray(value) && value.every(isObject);

const hasFile = (step: Draft, place: string): boolean => {
  const digest = getAt(step, `${place}.digest`);
  return typeof digest === 'string' && digest !== MISSING;
};

/** The places of a step's fields and files, as the API names them. */
const placesOf = (step: Draft, i: number): string[] => {
  const kind = kindOfStep(step);
  return [...(kind?.fields.map(({ path }) => path) ?? []), ...(kind?.files.map(({ place }) => place) ?? [])].map(
    (path) => `${PLACE}.${i}.${path}`,
  );
};
