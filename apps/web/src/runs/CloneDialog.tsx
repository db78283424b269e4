'use client';

import { Button, Modal, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useEffect, useState, type SyntheticEvent } from 'react';
import { bareId } from '@/design/format';
import { perform } from '@/design/perform';
import { tellDone } from '@/design/tell';
import type { CloneChoicesQuery } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { CloneChoices, CloneRun } from './actions.documents';
import { useRun } from './RunContext';

type Choices = Extract<CloneChoicesQuery['node'], { __typename: 'Project' }>;

/** Repeats a run, with another seed, model or restoration. */
export function CloneDialog({ close }: { close: () => void }) {
  const { run, framed } = useRun();
  const router = useRouter();
  const choices = useChoices(framed.experiment.project.id);
  const ofExecutor = run.source === 'EXECUTOR';
  const [seed, setSeed] = useState<number | string>(run.seed);
  const [name, setName] = useState(run.name);
  const [modelConfigId, setModel] = useState(framed.modelConfig?.id ?? '');
  const [restorationConfigId, setRestoration] = useState(framed.restorationConfig?.id ?? '');
  const [busy, setBusy] = useState(false);

  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const input = {
      runId: run.id,
      seed: Number(seed),
      ...(ofExecutor ? {} : { name }),
      ...(modelConfigId !== '' && { modelConfigId }),
      ...(restorationConfigId !== '' && { restorationConfigId }),
    };
    const done = await perform(CloneRun, { input }, 'The run was not cloned');
    setBusy(false);
    if (!done) return;
    close();
    tellDone(ofExecutor ? `${done.run.name} is queued.` : `${done.run.name} waits for what its client logs.`);
    router.push(`/runs/${bareId(done.run.id)}`);
  };

  return (
    <Modal opened onClose={close} title="Clone the run">
      <form onSubmit={(event) => void submit(event)} className="stack" style={{ gap: 14 }}>
        <p className="muted" style={{ margin: 0 }}>
          {ofExecutor
            ? 'A new run in the same experiment is queued; change what should be different.'
            : 'A new run with the same params, tags and notes is begun, to which a client then logs.'}
        </p>
        {!ofExecutor && (
          <TextInput label="Name" required value={name} onChange={(event) => setName(event.currentTarget.value)} />
        )}
        {framed.modelConfig && (
          <NativeSelect
            label="Model"
            value={modelConfigId}
            onChange={(event) => setModel(event.currentTarget.value)}
            data={optionsOf(choices?.modelConfigs, framed.modelConfig)}
          />
        )}
        {framed.restorationConfig && (
          <NativeSelect
            label="Restoration"
            value={restorationConfigId}
            onChange={(event) => setRestoration(event.currentTarget.value)}
            data={optionsOf(choices?.restorationConfigs, framed.restorationConfig)}
          />
        )}
        <NumberInput
          label="Seed"
          value={seed}
          onChange={setSeed}
          allowDecimal={false}
          min={0}
          max={2 ** 31 - 1}
          required
          data-autofocus
        />
        <Button type="submit" loading={busy} style={{ alignSelf: 'end' }}>
          {ofExecutor ? 'Queue the clone' : 'Begin the clone'}
        </Button>
      </form>
    </Modal>
  );
}

interface Config {
  id: string;
  name: string;
  version: number;
}

/** @param own shown until the others are read, and if there are too many of them */
function optionsOf(connection: { edges: { node: Config }[] } | undefined, own: Config) {
  const all = connection?.edges.map(({ node }) => node) ?? [];
  return (all.some(({ id }) => id === own.id) ? all : [own, ...all]).map(({ id, name, version }) => ({
    value: id,
    label: `${name}, version ${version}`,
  }));
}

function useChoices(projectId: string): Choices | undefined {
  const [choices, setChoices] = useState<Choices>();
  useEffect(() => {
    let gone = false;
    void browserClient()
      .query(CloneChoices, { projectId })
      .toPromise()
      .then(({ data }) => {
        if (!gone && data?.node?.__typename === 'Project') setChoices(data.node);
      });
    return () => {
      gone = true;
    };
  }, [projectId]);
  return choices;
}
