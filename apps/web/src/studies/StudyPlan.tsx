'use client';

import { Button } from '@mantine/core';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { bareId, count } from '@/design/format';
import { ProblemNote } from '@/design/ProblemNote';
import { useRead } from '@/design/use-read';
import { unanswered } from '@/forms/problems';
import type { ProblemFragment, StudyStateFragment } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { EstimatePlan } from '@/plans/documents';
import { PlanPanel } from '@/plans/PlanPanel';
import { StartStudy } from './documents';

interface Props {
  projectId: string;
  study: StudyStateFragment;
  /** Registers what needs no files. @returns the study after it, or what is wrong */
  prepare: () => Promise<StudyStateFragment | readonly ProblemFragment[]>;
}

const idsOf = (parts: readonly { config?: { id: string } | null }[]): string[] =>
  parts.flatMap(({ config }) => config?.id ?? []);

const inputOf = ({ datasetVersion, split, seeds, models, restorations }: StudyStateFragment) => {
  const [modelConfigIds, restorationConfigIds] = [idsOf(models), idsOf(restorations)];
  if (!datasetVersion || modelConfigIds.length === 0 || restorationConfigIds.length === 0) return undefined;
  return {
    datasetVersionId: datasetVersion.id,
    ...(split ? { split } : {}),
    plan: { modelConfigIds, restorationConfigIds, seeds: [...seeds] },
  };
};

/** What a study would take with what is there, and its start. */
export function StudyPlan({ projectId, study, prepare }: Props) {
  const router = useRouter();
  const [working, setWorking] = useState(false);
  const [problems, setProblems] = useState<readonly ProblemFragment[]>([]);
  const input = inputOf(study);
  const { data, error } = useRead(EstimatePlan, input && { input });
  const { datasetVersion, experiment, published } = study;

  const start = async (): Promise<void> => {
    setWorking(true);
    const prepared = await prepare();
    const found = 'recipe' in prepared ? await startNow(projectId, prepared) : { problems: prepared };
    setWorking(false);
    if ('problems' in found) setProblems(found.problems);
    else router.push(`/experiments/${bareId(found.experimentId)}`);
  };

  return (
    <PlanPanel
      estimate={input ? data?.estimatePlan : undefined}
      error={input ? error : undefined}
      lacking={input ? undefined : lackingOf(study)}
      stale={false}
      actions={
        <>
          {published > 0 && (
            <p className="muted" style={{ margin: 0 }}>
              {count(published)} published figures stand beside them, marked, with the intervals that their number of
              images allows.
            </p>
          )}
          {problems.map((problem) => (
            <ProblemNote key={`${problem.place} ${problem.message}`} title="It was not started" problem={problem} />
          ))}
          <div className="row">
            <Button onClick={() => void start()} loading={working} disabled={!datasetVersion}>
              {experiment ? 'Go on with the study' : 'Start the study'}
            </Button>
            {experiment && (
              <span>
                <Link href={`/experiments/${bareId(experiment.id)}`}>Its runs</Link> ·{' '}
                <Link href={`/experiments/${bareId(experiment.id)}/report`}>its report</Link>
              </span>
            )}
          </div>
          <p className="muted" style={{ margin: 0 }}>
            What is missing is left out, and said so. Started again, it adds what is new and makes no run twice.
          </p>
        </>
      }
    />
  );
}

async function startNow(
  projectId: string,
  { recipe, datasetVersion, models, restorations }: StudyStateFragment,
): Promise<{ experimentId: string } | { problems: readonly ProblemFragment[] }> {
  const input = {
    projectId,
    recipe,
    datasetVersionId: datasetVersion!.id,
    modelConfigIds: idsOf(models),
    restorationConfigIds: idsOf(restorations),
  };
  const { data, error } = await browserClient().mutation(StartStudy, { input }).toPromise();
  if (data?.result.__typename === 'StartStudyPayload') return { experimentId: data.result.experiment.id };
  return { problems: data?.result.problems ?? [unanswered(error?.message)] };
}

function lackingOf({ datasetVersion, models }: StudyStateFragment): string {
  if (!datasetVersion) return 'The dataset comes first.';
  return idsOf(models).length === 0
    ? 'No model is there yet. Published figures alone can be reported, too.'
    : 'The restorations come with the start.';
}
