import { perform } from '@/design/perform';
import { tellDone } from '@/design/tell';
import { CancelRun, PauseRun, PrioritizeRun, UnpauseRun } from '@/runs/actions.documents';

/** What can be done to a run that waits. */
export interface QueueDeeds {
  pause(runId: string, paused: boolean): Promise<void>;
  prioritize(runId: string, priority: number): Promise<void>;
  cancel(runId: string, name: string): Promise<void>;
}

/** @param changed reads the queue again */
export function queueDeeds(changed: () => Promise<void>): QueueDeeds {
  return {
    async pause(runId, paused) {
      const input = { runIds: [runId] };
      const done = paused
        ? await perform(PauseRun, { input }, 'The run was not paused')
        : await perform(UnpauseRun, { input }, 'The run does not go on');
      if (done) await changed();
    },
    async prioritize(runId, priority) {
      const input = { runIds: [runId], priority };
      if (await perform(PrioritizeRun, { input }, 'The priority was not changed')) await changed();
    },
    async cancel(runId, name) {
      if (!(await perform(CancelRun, { input: { runId } }, 'The run was not canceled'))) return;
      tellDone(`${name} is canceled. Predictions that are stored stay.`);
      await changed();
    },
  };
}
