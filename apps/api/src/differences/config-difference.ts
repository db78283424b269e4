import diff from 'microdiff';

/** One place at which two JSON values differ. */
export interface Difference {
  /** Such as `input.mean.0`. */
  path: string;
  kind: 'ADDED' | 'REMOVED' | 'CHANGED';
  before: unknown;
  after: unknown;
}

const KINDS = { CREATE: 'ADDED', REMOVE: 'REMOVED', CHANGE: 'CHANGED' } as const;

/** Where two configs differ, in the order of their fields. */
export function configDifference(before: unknown, after: unknown): Difference[] {
  // Within objects, so that a value of any kind can be one.
  return diff({ _: before }, { _: after }).map((change) => ({
    path: change.path.slice(1).join('.'),
    kind: KINDS[change.type],
    before: change.type === 'CREATE' ? null : (change.oldValue as unknown),
    after: change.type === 'REMOVE' ? null : (change.value as unknown),
  }));
}
