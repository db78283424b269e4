'use client';

import { useRouter } from 'next/navigation';
import { bareId } from '@/design/format';
import { perform } from '@/design/perform';
import { tellDone } from '@/design/tell';
import { CancelRun, DeleteRun, PauseRun, PrioritizeRun, RestoreRun, UnpauseRun, UpdateRun } from './actions.documents';
import { useRun } from './RunContext';

/** What can be done to the run of the page; each tells what has happened, with the way back where there is one. */
export function useRunDeeds() {
  const { run, framed, setRun } = useRun();
  const router = useRouter();
  const runId = run.id;
  const runIds = [runId];

  const archive = async (archived: boolean): Promise<void> => {
    const done = await perform(UpdateRun, { input: { runId, archived } }, 'The run was not changed');
    if (!done) return;
    setRun(done.run);
    tellDone(archived ? 'The run is archived.' : 'The run is out of the archive.', () => void archive(!archived));
  };

  const cancel = async (): Promise<void> => {
    const done = await perform(CancelRun, { input: { runId } }, 'The run was not canceled');
    if (!done) return;
    setRun(done.run);
    tellDone('The run is canceled. Predictions that are stored stay.');
    router.refresh();
  };

  const pause = async (paused: boolean): Promise<void> => {
    const done = paused
      ? await perform(PauseRun, { input: { runIds } }, 'The run was not paused')
      : await perform(UnpauseRun, { input: { runIds } }, 'The run does not go on');
    if (done) setRun(done.runs[0]!);
  };

  const prioritize = async (priority: number): Promise<void> => {
    const done = await perform(PrioritizeRun, { input: { runIds, priority } }, 'The priority was not changed');
    if (done) setRun(done.runs[0]!);
  };

  const restore = async (): Promise<void> => {
    const done = await perform(RestoreRun, { input: { runIds } }, 'The run was not restored');
    if (done) router.push(`/runs/${bareId(runId)}`);
  };

  const remove = async (): Promise<void> => {
    const done = await perform(DeleteRun, { input: { runIds } }, 'The run was not deleted');
    if (!done) return;
    router.push(`/experiments/${bareId(framed.experiment.id)}`);
    tellDone(`${run.name} is in the bin for 30 days.`, () => void restore());
  };

  return { archive, cancel, pause, prioritize, remove };
}
