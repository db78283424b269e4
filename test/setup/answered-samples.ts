import type { Stack } from './stack.ts';
import { answeringRun, answersOf, SAMPLES, sampledProject, type Answers } from './sampled-project.ts';

/** A dataset version and what four runs say of it, one of them of the split TEST alone. */
export interface AnsweredSamples {
  versionId: string;
  /** Of the experiment on all samples. */
  wholeId: string;
  /** By their names, in the order in which they were made. */
  runs: Record<string, { id: string; answers: Answers }>;
}

/** Needs an executor. */
export async function answeredSamples(stack: Stack): Promise<AnsweredSamples> {
  const runs: AnsweredSamples['runs'] = {};
  const { projectId, versionId } = await sampledProject(stack, 'Samples');
  const about = { projectId, datasetVersionId: versionId };
  const whole = await stack.client.createExperiment({ ...about, name: 'All samples' });
  const tested = await stack.client.createExperiment({ ...about, name: 'The test', split: 'TEST' });
  const all = [...SAMPLES.keys()];
  const ofTest = all.filter((i) => SAMPLES[i]!.split === 'TEST');
  for (const [n, name] of ['first', 'second', 'third'].entries()) {
    const answers = answersOf(n + 1, SAMPLES, all);
    runs[name] = { id: await answeringRun(stack, whole.id, name, answers), answers };
  }
  const answers = answersOf(4, SAMPLES, ofTest);
  runs.tested = { id: await answeringRun(stack, tested.id, 'tested', answers), answers };
  return { versionId, wholeId: whole.id, runs };
}

/** What a run says of a sample; undefined where it is not about it. */
export function saidOf({ sampleIndex, predicted, confidence }: Answers, index: number) {
  const at = sampleIndex.indexOf(index);
  return at < 0 ? undefined : { predicted: predicted[at]!, confidence: confidence[at]! };
}
