import type { RunOrder } from '@samplewise/domain/search';

/** A column that every run has. */
export interface FieldColumn {
  label: string;
  /** Pixels. */
  width: number;
  /** Figures stand on the right, under each other. */
  number?: boolean;
  /** By what it is sorted. */
  order?: NonNullable<RunOrder['field']>;
  hint?: string;
}

/** By their names in the API. */
export const FIELDS: Readonly<Record<string, FieldColumn>> = {
  name: { label: 'Run', width: 240, order: 'NAME' },
  id: { label: 'Number', width: 84, number: true, order: 'ID' },
  status: { label: 'Status', width: 132, order: 'STATUS' },
  modelConfig: { label: 'Model', width: 170, order: 'MODEL' },
  restorationConfig: { label: 'Restoration', width: 150, order: 'RESTORATION' },
  experiment: { label: 'Experiment', width: 200, order: 'EXPERIMENT' },
  group: { label: 'Group', width: 120, order: 'GROUP', hint: 'What the run belongs together with' },
  seed: { label: 'Seed', width: 80, number: true, order: 'SEED' },
  tags: { label: 'Tags', width: 180 },
  source: { label: 'Source', width: 96, hint: 'Who makes the predictions' },
  description: { label: 'Description', width: 240 },
  sampleTotal: { label: 'Samples', width: 96, number: true, hint: 'Samples to be predicted' },
  createdAt: { label: 'Created', width: 130, order: 'CREATED' },
  startedAt: { label: 'Started', width: 130, order: 'STARTED' },
  finishedAt: { label: 'Finished', width: 130, order: 'FINISHED' },
  duration: { label: 'Took', width: 104, number: true, order: 'DURATION', hint: 'From its start to its end' },
};
