import type { SamplewiseClient } from '@samplewise/client';
import { boxFile, MODELS } from '@samplewise/demo';
import { FER_LABELS } from '@samplewise/domain';
import { STUDY_MODELS, STUDY_RESTORATIONS } from './study.ts';

/** A project's models and restorations, by the order of what they are of. */
export interface Configs {
  /** Of the study: a client predicts with them. */
  models: string[];
  /** Of the demo: an executor predicts with them. */
  boxed: string[];
  restorations: string[];
}

export async function createConfigs(client: SamplewiseClient, projectId: string): Promise<Configs> {
  const models: string[] = [];
  for (const { name, description } of STUDY_MODELS) {
    const spec = { kind: 'external', labels: [...FER_LABELS], description, url: `https://example.org/models/${name}` };
    models.push((await client.createModelConfig({ projectId, name, spec })).config.id);
  }
  const boxed: string[] = [];
  for (const model of MODELS) {
    const digests: string[] = [];
    for (const file of model.files) digests.push((await client.upload(boxFile(file))).digest);
    boxed.push((await client.createModelConfig({ projectId, name: model.name, spec: model.spec(digests) })).config.id);
  }
  const restorations: string[] = [];
  for (const { name, steps } of STUDY_RESTORATIONS) {
    restorations.push((await client.createRestorationConfig({ projectId, name, steps })).config.id);
  }
  return { models, boxed, restorations };
}
