import type { RunConditions } from './run-filter.ts';

/** The metrics that every evaluated run has: they need no `metric.` before them. */
export const EVALUATION_METRICS = ['accuracy', 'balanced_accuracy', 'macro_f1', 'samples_per_second'] as const;

type Kind = 'text' | 'number' | 'time' | 'id' | 'status' | 'source';
type Plain = Exclude<keyof RunConditions, 'archived' | 'silent' | 'param' | 'tag' | 'metric' | 'text'>;

export interface SearchField {
  /** What people write. */
  name: string;
  /** Its place in a RunFilter. */
  key: Plain;
  kind: Kind;
  description: string;
  /** Of an id: the type that it is of. */
  type?: 'Run' | 'Experiment' | 'ModelConfig' | 'RestorationConfig';
}

/** Fields of a run in the search language, in the order in which they are offered. */
export const SEARCH_FIELDS: readonly SearchField[] = [
  { name: 'name', key: 'name', kind: 'text', description: 'name of the run' },
  { name: 'status', key: 'status', kind: 'status', description: 'queued, running, finished, failed, canceled' },
  { name: 'model', key: 'model', kind: 'text', description: 'name of the model config' },
  { name: 'model.version', key: 'modelVersion', kind: 'number', description: 'version of the model config' },
  { name: 'model.id', key: 'modelId', kind: 'id', type: 'ModelConfig', description: 'id of the model config' },
  { name: 'restoration', key: 'restoration', kind: 'text', description: 'name of the restoration config' },
  {
    name: 'restoration.version',
    key: 'restorationVersion',
    kind: 'number',
    description: 'version of the restoration config',
  },
  {
    name: 'restoration.id',
    key: 'restorationId',
    kind: 'id',
    type: 'RestorationConfig',
    description: 'id of the restoration config',
  },
  { name: 'group', key: 'group', kind: 'text', description: 'what it belongs together with' },
  { name: 'experiment', key: 'experiment', kind: 'text', description: 'name of the experiment' },
  { name: 'experiment.id', key: 'experimentId', kind: 'id', type: 'Experiment', description: 'id of the experiment' },
  { name: 'seed', key: 'seed', kind: 'number', description: 'of what is drawn at random' },
  { name: 'created', key: 'createdAt', kind: 'time', description: 'when it was made' },
  { name: 'started', key: 'startedAt', kind: 'time', description: 'when it began' },
  { name: 'finished', key: 'finishedAt', kind: 'time', description: 'when it ended' },
  { name: 'duration', key: 'duration', kind: 'number', description: 'seconds from its start to its end' },
  { name: 'source', key: 'source', kind: 'source', description: 'executor, client, import' },
  { name: 'description', key: 'description', kind: 'text', description: 'its text' },
  { name: 'id', key: 'id', kind: 'id', type: 'Run', description: 'its id' },
  { name: 'parent', key: 'parentId', kind: 'id', type: 'Run', description: 'id of the run that it is a part of' },
];

/** What of a run is named by a key: `param.lr`. */
export const KEYED = ['param', 'metric', 'tag'] as const;
export type Keyed = (typeof KEYED)[number];

export const FLAGS = ['archived', 'silent'] as const;

const AGGREGATE_SUFFIX = /\.(last|min|max|step)$/;
/** Characters that end a word. */
export const WORD = /[^\s()<>=!:,"'~^]+/y;

const isPlain = (text: string): boolean => new RegExp(`^${WORD.source}$`).test(text);

/** A key as it is written: quoted where it would be read as something else. */
export function printKey(key: string): string {
  const plain = isPlain(key) && !key.startsWith('.') && !AGGREGATE_SUFFIX.test(key);
  return plain ? key : quote(key);
}

export const quote = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
