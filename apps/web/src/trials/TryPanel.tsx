'use client';

import { Button, NativeSelect, Progress } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { ProblemNote } from '@/design/ProblemNote';
import { Loading, SkeletonLines } from '@/design/Skeleton';
import { useRead } from '@/design/use-read';
import type { TrialSurroundingsQuery } from '@/generated/graphql';
import { TrialSurroundings } from './documents';
import { PictureChoice } from './PictureChoice';
import { TrialResult } from './TrialResult';
import { isUnderWay, useTrial, type Picture, type Tried } from './use-trial';
import { WaitingNote } from './WaitingNote';

interface Choice {
  id: string;
  label: string;
}

interface Props {
  projectId: string;
  /** What is tried, beside what is chosen here; undefined while it is not whole. */
  tried: Omit<Tried, 'projectId'> | undefined;
  /** Configs that can be tried with it. */
  beside?: { kind: 'model' | 'restoration'; choices: readonly Choice[]; none: string };
  /** Why nothing can be tried yet. */
  waitingFor?: ReactNode;
  /** What is tried changes while the person works on it: a button tries it again. */
  again?: boolean;
}

/** Tries a model, a restoration or both on one picture. Another choice tries the same picture again. */
export function TryPanel({ projectId, tried, beside, waitingFor, again = false }: Props) {
  const [progress, start] = useTrial();
  const [picture, setPicture] = useState<Picture>();
  const [other, setOther] = useState('');
  const { data } = useRead(TrialSurroundings, { projectId });
  const running = data?.executors.edges.filter(({ node }) => node.status === 'RUNNING').length;
  const { sent, trial, problems } = progress;
  const underWay = isUnderWay(progress);

  const run = (chosen: Picture, withOther: string): void => {
    setPicture(chosen);
    if (!tried) return;
    void start(chosen, { projectId, ...tried, ...(withOther === '' ? {} : besideInput(beside?.kind, withOther)) }).then(
      (digest) => {
        // It is uploaded once, however often it is tried.
        if (digest !== undefined) setPicture((now) => (now === chosen ? { ...chosen, digest } : now));
      },
    );
  };

  return (
    <div className="stack" style={{ gap: 14 }}>
      <PictureChoice chosen={picture} samples={samplesOf(data)} choose={(chosen) => run(chosen, other)} />
      <div className="row" style={{ alignItems: 'flex-end' }}>
        {beside && beside.choices.length > 0 && (
          <NativeSelect
            size="xs"
            label={beside.kind === 'restoration' ? 'Restored before by' : 'Seen by the model'}
            style={{ flex: '1 1 200px', maxWidth: 320 }}
            value={other}
            data={[{ value: '', label: beside.none }, ...beside.choices.map(({ id, label }) => ({ value: id, label }))]}
            onChange={(event) => {
              setOther(event.currentTarget.value);
              if (picture) run(picture, event.currentTarget.value);
            }}
          />
        )}
        {again && picture && (
          <Button
            size="xs"
            disabled={!tried}
            loading={underWay}
            leftSection={<IconPlayerPlay size={14} stroke={1.75} aria-hidden="true" />}
            onClick={() => run(picture, other)}
          >
            Try it again
          </Button>
        )}
      </div>
      {!tried && waitingFor && <p style={{ margin: 0 }}>{waitingFor}</p>}
      <div aria-live="polite" className="stack" style={{ gap: 12 }}>
        {sent !== undefined && sent < 1 && (
          <Progress value={sent * 100} aria-label={`Upload, ${Math.round(sent * 100)} %`} />
        )}
        {underWay && <WaitingNote trial={trial} executors={running} />}
        {problems.map((problem) => (
          <ProblemNote key={`${problem.code} ${problem.place}`} title="It was not tried" problem={problem} />
        ))}
        {!underWay && trial?.failure && <ProblemNote title="The trial failed" problem={trial.failure} />}
        {trial?.result && picture ? (
          <TrialResult trial={trial} original={picture.url} stale={underWay} />
        ) : (
          underWay && (
            <Loading what="The result">
              <SkeletonLines lines={4} />
            </Loading>
          )
        )}
      </div>
    </div>
  );
}

const besideInput = (kind: 'model' | 'restoration' | undefined, id: string) =>
  kind === 'model' ? { modelConfigId: id } : { restorationConfigId: id };

function samplesOf(data: TrialSurroundingsQuery | undefined): Picture[] {
  const project = data?.node?.__typename === 'Project' ? data.node : undefined;
  const versions = project?.datasets.edges.flatMap(({ node }) => node.versions.edges) ?? [];
  return versions.flatMap(({ node }) =>
    node.samples.edges.map(({ node: { id, source, image } }) => ({ name: source ?? id, ...image })),
  );
}
