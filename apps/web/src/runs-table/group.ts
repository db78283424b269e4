import type { RunFilter } from '@samplewise/domain/search';

const FIELDS = {
  model: 'MODEL',
  restoration: 'RESTORATION',
  experiment: 'EXPERIMENT',
  group: 'GROUP',
  status: 'STATUS',
  seed: 'SEED',
} as const;
type Field = keyof typeof FIELDS;
const KEYED = /^(param|tag)\.(.{1,250})$/s;

/** By what runs are put together: a field of theirs, or the value of a param or a tag. */
export type GroupBy = { field: Field } | { param: string } | { tag: string };

/** Fields by which runs are grouped, with their words. */
export const GROUP_FIELDS: Readonly<Record<Field, string>> = {
  model: 'Model',
  restoration: 'Restoration',
  experiment: 'Experiment',
  group: 'Group',
  status: 'Status',
  seed: 'Seed',
};

export function readGroup(text: string | null): GroupBy | undefined {
  const field = (Object.keys(FIELDS) as Field[]).find((name) => name === text);
  if (field) return { field };
  const [, kind, key] = KEYED.exec(text ?? '') ?? [];
  if (key === undefined) return undefined;
  return kind === 'param' ? { param: key } : { tag: key };
}

export function writeGroup(by: GroupBy): string {
  if ('field' in by) return by.field;
  return 'param' in by ? `param.${by.param}` : `tag.${by.tag}`;
}

const groupLabel = (by: GroupBy): string =>
  'field' in by ? GROUP_FIELDS[by.field] : 'param' in by ? by.param : by.tag;

/** A group's value in words. */
export function groupValue(by: GroupBy, value: string | null): string {
  if (value === null) return `without ${groupLabel(by).toLowerCase()}`;
  if (!('field' in by)) return value;
  if (by.field === 'model' || by.field === 'restoration') return value.replace(/@1$/, '').replace(/@(\d+)$/, ' v$1');
  return by.field === 'status' ? value.toLowerCase() : value;
}

/** For the API's `runGroups`. */
export const groupInput = (by: GroupBy) => ('field' in by ? { field: FIELDS[by.field] } : by);

/** Which runs are in a group. @param value as `runGroups` gives it; null: those without one */
export function groupFilter(by: GroupBy, value: string | null): RunFilter {
  if ('param' in by) {
    return value === null
      ? { param: { key: by.param, exists: false } }
      : { param: { key: by.param, string: { eq: value } } };
  }
  if ('tag' in by) {
    return value === null ? { tag: { key: by.tag, exists: false } } : { tag: { key: by.tag, string: { eq: value } } };
  }
  switch (by.field) {
    case 'model':
      return value === null ? { model: { exists: false } } : { ...configFilter('model', 'modelVersion', value) };
    case 'restoration':
      return value === null
        ? { restoration: { exists: false } }
        : { ...configFilter('restoration', 'restorationVersion', value) };
    case 'experiment':
      return { experiment: { eq: value ?? '' } };
    case 'group':
      return value === null ? { group: { exists: false } } : { group: { eq: value } };
    case 'status':
      return { status: [value as 'FINISHED'] };
    case 'seed':
      return { seed: { eq: Number(value) } };
  }
}

/** Of `name@version`; a name may have an @ in it. */
function configFilter(name: 'model' | 'restoration', version: string, value: string): RunFilter {
  const at = value.lastIndexOf('@');
  return { [name]: { eq: value.slice(0, at) }, [version]: { eq: Number(value.slice(at + 1)) } };
}
