'use client';

import { unanswered } from '@/forms/problems';
import type { CreateExperimentInput, EstimatePlanInput, ProblemFragment } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { CreateExperiment, QueuePlan } from './documents';

/** An experiment that was made, and of what: if its runs could not be queued, another try goes on from there. */
export interface MadeExperiment {
  id: string;
  about: string;
}

interface Wanted {
  about: Omit<CreateExperimentInput, 'plan'>;
  plan: EstimatePlanInput['plan'];
  priority: number;
}

interface Queued {
  made: MadeExperiment | undefined;
  /** Empty when the runs are queued. */
  problems: readonly ProblemFragment[];
}

/** Makes an experiment, unless the very same was made before, and queues the runs of its plan. */
export async function queuePlan(
  { about, plan, priority }: Wanted,
  before: MadeExperiment | undefined,
): Promise<Queued> {
  const client = browserClient();
  const key = JSON.stringify(about);
  let made = before?.about === key ? before : undefined;
  if (!made) {
    const created = await client.mutation(CreateExperiment, { input: { ...about, plan } }).toPromise();
    const result = created.data?.result;
    if (result?.__typename !== 'CreateExperimentPayload') {
      return { made: before, problems: result?.problems ?? [unanswered(created.error?.message)] };
    }
    made = { id: result.experiment.id, about: key };
  }
  const queued = await client.mutation(QueuePlan, { input: { experimentId: made.id, plan, priority } }).toPromise();
  const result = queued.data?.result;
  if (result?.__typename === 'QueueRunsPayload') return { made, problems: [] };
  return { made, problems: result?.problems ?? [unanswered(queued.error?.message)] };
}
