import type { RunConditions, RunFilter } from './run-filter.ts';

/**
 * The same filter in one form: a condition says one thing; `and` and `or` have at least two parts, none of them of
 * their own kind; nothing is negated twice; what is false is the negation of what is true.
 */
export function canonical(filter: RunFilter): RunFilter {
  const { and, or, not, ...conditions } = filter;
  return both([
    ...leavesOf(conditions),
    ...(and ?? []).map(canonical),
    ...(or ? [either(or.map(canonical))] : []),
    ...(not ? [negation(canonical(not))] : []),
  ]);
}

/** @param filters canonical ones */
export function both(filters: readonly RunFilter[]): RunFilter {
  const parts = filters.flatMap((part) => part.and ?? (isEmpty(part) ? [] : [part]));
  return parts.length < 2 ? (parts[0] ?? {}) : { and: parts };
}

/** @param filters canonical ones; one that is empty fits all runs, and so do all of them together */
export function either(filters: readonly RunFilter[]): RunFilter {
  if (filters.some(isEmpty)) return {};
  const parts = filters.flatMap((part) => part.or ?? [part]);
  return parts.length === 1 ? parts[0]! : { or: parts };
}

/** @param filter a canonical one */
export const negation = (filter: RunFilter): RunFilter => filter.not ?? { not: filter };

const isEmpty = (filter: RunFilter): boolean => Object.keys(filter).length === 0;

function leavesOf(conditions: RunConditions): RunFilter[] {
  return Object.entries(conditions).flatMap(([key, value]: [string, unknown]): RunFilter[] => {
    if (value === undefined || value === null) return [];
    if (typeof value === 'boolean') return [value ? { [key]: true } : { not: { [key]: true } }];
    if (Array.isArray(value) || typeof value !== 'object') return [{ [key]: value }];
    if (key === 'param' || key === 'tag' || key === 'metric') return keyedLeaves(key, value as Keyed);
    return partsOf(value as Part, (part) => ({ [key]: part }));
  });
}

type Part = Record<string, unknown>;
interface Keyed {
  key: string;
  aggregate?: string;
  string?: Part;
  number?: Part;
  exists?: boolean;
}

function keyedLeaves(field: string, { key, aggregate, string, number, exists }: Keyed): RunFilter[] {
  const of = (part: Part): RunFilter => ({ [field]: { key, ...part } });
  const kept = aggregate === undefined || aggregate === 'LAST' ? {} : { aggregate };
  return [
    ...(string ? partsOf(string, (part) => of('exists' in part ? part : { string: part })) : []),
    ...(number ? partsOf(number, (part) => of({ ...kept, number: part })) : []),
    ...(exists === undefined ? [] : partsOf({ exists }, of)),
  ];
}

function partsOf(condition: Part, leaf: (part: Part) => RunFilter): RunFilter[] {
  return Object.entries(condition).flatMap(([operator, value]): RunFilter[] => {
    if (value === undefined || value === null) return [];
    if (operator === 'exists') return [value === true ? leaf({ exists: true }) : { not: leaf({ exists: true }) }];
    if (operator === 'between') {
      const [gte, lte] = value as unknown[];
      return [leaf({ gte: plain(gte) }), leaf({ lte: plain(lte) })];
    }
    if (operator !== 'in') return [leaf({ [operator]: plain(value) })];
    const values = [...new Set((value as unknown[]).map(plain))];
    return [values.length === 1 ? leaf({ eq: values[0] }) : leaf({ in: values })];
  });
}

/** There is one zero. */
const plain = (value: unknown): unknown => (value === 0 ? 0 : value);
