import { canonical, type NumberCondition, type RunFilter, type RunOrder, type TextCondition } from '@samplewise/domain';
import { MODELS, numberOf, type KnownRun } from './searchable-runs.ts';

/** What a search finds, by looking at each run: short and slow, where the platform is quick. */
export function findByHand(runs: readonly KnownRun[], filter: RunFilter, order: readonly RunOrder[]): number[] {
  const asked = JSON.stringify(filter).includes('"archived"');
  const found = runs.filter((run) => !run.deleted && (asked || !run.archived) && fits(run, canonical(filter)));
  return found.sort((a, b) => compare(a, b, order)).map(({ id }) => id);
}

function fits(run: KnownRun, f: RunFilter): boolean {
  if (f.and) return f.and.every((part) => fits(run, part));
  if (f.or) return f.or.some((part) => fits(run, part));
  if (f.not) return !fits(run, f.not);
  const id = (
    value: number | null,
    c: { eq?: string | undefined; in?: string[] | undefined; exists?: boolean | undefined },
  ): boolean =>
    value !== null && (c.exists ?? (c.in ?? [c.eq!]).map((text) => Number(text.split('_')[1])).includes(value));
  const time = (value: number | null, c: object): boolean =>
    value !== null &&
    Object.entries(c).every(
      ([operator, text]) => operator === 'exists' || number(value, { [operator]: Date.parse(String(text)) }),
    );
  if (f.id) return id(run.id, f.id);
  if (f.parentId) return id(run.parent, f.parentId);
  if (f.experimentId) return id(run.experiment, f.experimentId);
  if (f.name) return text(run.name, f.name);
  if (f.group) return text(run.group, f.group);
  if (f.experiment) return text(`experiment ${run.experiment}`, f.experiment);
  if (f.model) return text(run.model === null ? null : MODELS[run.model - 1]!, f.model);
  if (f.modelVersion) return number(run.model, f.modelVersion);
  if (f.status) return f.status.some((status) => status === run.status);
  if (f.seed) return number(run.seed, f.seed);
  if (f.createdAt) return time(run.created, f.createdAt);
  if (f.finishedAt) return time(run.finished, f.finishedAt);
  if (f.duration) return number(run.duration, f.duration);
  if (f.archived) return run.archived;
  if (f.param) {
    const value = run.params[f.param.key];
    if (value === undefined) return false;
    if (f.param.string) return text(value, f.param.string);
    return f.param.number ? number(numberOf(value), f.param.number) : true;
  }
  if (f.tag) {
    const value = run.tags[f.tag.key];
    return value !== undefined && (f.tag.string ? text(value, f.tag.string) : true);
  }
  if (f.metric) {
    const value = metric(run, f.metric);
    return value !== undefined && (f.metric.number ? number(value, f.metric.number) : true);
  }
  if (f.text === undefined) return true;
  const places = [
    run.name,
    run.group ?? '',
    run.model === null ? '' : MODELS[run.model - 1]!,
    ...Object.entries(run.tags).flat(),
  ];
  return places.some((place) => text(place, { contains: f.text }));
}

function metric(
  run: KnownRun,
  { key, aggregate = 'LAST' }: { key: string; aggregate?: string | undefined },
): number | undefined {
  return run.metrics[key]?.[aggregate.toLowerCase() as 'last'];
}

function text(value: string | null, c: TextCondition): boolean {
  if (value === null) return false;
  const [small, part] = [value.toLowerCase(), c.contains?.toLowerCase()];
  if (part !== undefined) return small.includes(part);
  if (c.matches !== undefined) return glob(c.matches).test(value);
  if (c.startsWith !== undefined) return value.startsWith(c.startsWith);
  return c.exists ?? (c.in ?? [c.eq]).includes(value);
}

const glob = (pattern: string): RegExp =>
  new RegExp(
    `^${Array.from(pattern)
      .map((c) => (c === '*' ? '.*' : c === '?' ? '.' : c.replace(/[\\^$.|+()[\]{}]/g, '\\$&')))
      .join('')}$`,
    'isu',
  );

function number(value: number | null, c: NumberCondition): boolean {
  if (value === null) return false;
  const same = (other: unknown): boolean => Object.is(Number(other) + 0, value + 0);
  const [[operator, to]] = Object.entries(c) as [[string, unknown]];
  const bound = Number(to);
  if (operator === 'eq') return same(to);
  if (operator === 'in') return (to as unknown[]).some(same);
  if (operator === 'lt') return value < bound;
  if (operator === 'lte') return value <= bound;
  return operator === 'gt' ? value > bound : value >= bound;
}

const STATUSES = ['QUEUED', 'RUNNING', 'FINISHED', 'FAILED', 'CANCELED'];

function valueOf(run: KnownRun, { field, param, tag, metric: by, cost }: RunOrder): (string | number | null)[] {
  if (param) {
    const value = run.params[param.key];
    return [value === undefined ? null : param.text ? Array.from(value).slice(0, 100).join('') : numberOf(value)];
  }
  if (tag !== undefined) return [run.tags[tag] ?? null];
  if (by) {
    const value = metric(run, by);
    return [value === undefined || Number.isNaN(value) ? null : value];
  }
  if (cost) {
    const phases = cost.phase === undefined ? Object.values(run.costs) : [run.costs[cost.phase as 'INFERENCE']];
    const known = phases.filter((seconds) => seconds !== undefined);
    return [known.length === 0 ? null : known.reduce((sum, seconds) => sum + seconds)];
  }
  const values: Record<string, (string | number | null)[]> = {
    ID: [run.id],
    NAME: [run.name],
    STATUS: [STATUSES.indexOf(run.status)],
    GROUP: [run.group],
    SEED: [run.seed],
    CREATED: [run.created],
    FINISHED: [run.finished],
    DURATION: [run.duration],
    MODEL: run.model === null ? [null, null] : [MODELS[run.model - 1]!, run.model],
    EXPERIMENT: [run.experiment],
  };
  return values[field!]!;
}

/** Without a value last; equal ones by id, in the direction of the first term. */
function compare(a: KnownRun, b: KnownRun, order: readonly RunOrder[]): number {
  for (const term of order) {
    const others = valueOf(b, term);
    for (const [i, x] of valueOf(a, term).entries()) {
      const y = others[i] ?? null;
      if (x === y) continue;
      if (x === null || y === null) return x === null ? 1 : -1;
      return (x < y ? -1 : 1) * (term.direction === 'DESC' ? -1 : 1);
    }
  }
  return (a.id - b.id) * (order[0]?.direction === 'DESC' ? -1 : 1);
}
