import { z } from 'zod';
import { runKey } from '../names.ts';
import { isMoment } from './moment.ts';

/** Conditions of one filter. */
export const CONDITION_LIMIT = 100;
/** `and`, `or` and `not` inside each other. */
export const FILTER_DEPTH_LIMIT = 10;
/** Values of one `in`. */
const LIST_LIMIT = 200;
const TEXT_LIMIT = 1000;
const PATTERN_LIMIT = 250;
/** Each wildcard may begin anew at every character of a value. */
const WILDCARD_LIMIT = 10;

export const RUN_STATUSES = ['QUEUED', 'RUNNING', 'FINISHED', 'FAILED', 'CANCELED'] as const;
export const RUN_SOURCES = ['EXECUTOR', 'CLIENT', 'IMPORT'] as const;
/** What is left of a metric's history; STEP is the step of its latest point. */
export const METRIC_AGGREGATES = ['LAST', 'MIN', 'MAX', 'STEP'] as const;
export type MetricAggregate = (typeof METRIC_AGGREGATES)[number];

const wellFormed = z.string().refine((s) => s.isWellFormed() && !s.includes('\0'), 'must be text without NUL');
const text = wellFormed.max(TEXT_LIMIT, `must have at most ${TEXT_LIMIT} characters`);
const part = wellFormed.min(1, 'must not be empty').max(PATTERN_LIMIT, `must have at most ${PATTERN_LIMIT} characters`);
const pattern = part.refine(
  (s) => (s.match(/\*/g) ?? []).length <= WILDCARD_LIMIT,
  `can have at most ${WILDCARD_LIMIT} times *`,
);
const list = <T extends z.ZodType>(of: T) =>
  z.array(of).min(1, 'must not be empty').max(LIST_LIMIT, `can be at most ${LIST_LIMIT}`);
/** Something beside what only says about what. */
const atLeastOne = (condition: object): boolean =>
  Object.entries(condition).some(([name, value]) => value !== undefined && name !== 'key' && name !== 'aggregate');
const NOTHING_SAID = 'must say at least one thing';

/** `eq`, `in` and `startsWith` are exact; `matches` and `contains` take upper and lower case for the same. */
const textCondition = z
  .strictObject({
    eq: text,
    in: list(text),
    /** The whole value; `*` is any text, `?` any character. */
    matches: pattern,
    startsWith: part,
    contains: part,
    exists: z.boolean(),
  })
  .partial();
export type TextCondition = z.infer<typeof textCondition>;

/** JSON has no numbers for these. */
export const SPECIAL_NUMBERS = ['NaN', 'Infinity', '-Infinity'] as const;
const finite = z.number('must be a number').refine(Number.isFinite, 'must be finite');
const numberOf = <T extends z.ZodType>(value: T) =>
  z
    .strictObject({
      eq: value,
      lt: value,
      lte: value,
      gt: value,
      gte: value,
      in: list(value),
      /** Both ends included. */
      between: z.array(value).length(2, 'must be two numbers'),
    })
    .partial();
const numberCondition = numberOf(finite);
/** NaN equals itself, and is neither smaller nor larger than anything. */
const valueCondition = numberOf(z.union([finite, z.enum(SPECIAL_NUMBERS)], 'must be a number, "NaN" or "Infinity"'));
export type NumberCondition = z.infer<typeof valueCondition>;

const moment = z.string().refine(isMoment, 'must be like 2026-01-31, 2026-01-31T12:00:00Z or -7d');
const timeCondition = z
  .strictObject({ lt: moment, lte: moment, gt: moment, gte: moment, exists: z.boolean() })
  .partial();
export type TimeCondition = z.infer<typeof timeCondition>;

const idOf = (type: string) => z.string().regex(new RegExp(`^${type}_[1-9][0-9]{0,17}$`), `must look like ${type}_42`);
const idCondition = (type: string) =>
  z
    .strictObject({ eq: idOf(type), in: list(idOf(type)), exists: z.boolean() })
    .partial()
    .refine(atLeastOne, NOTHING_SAID);
export interface IdCondition {
  eq?: string | undefined;
  in?: string[] | undefined;
  exists?: boolean | undefined;
}

const texts = textCondition.refine(atLeastOne, NOTHING_SAID);
const numbers = numberCondition.refine(atLeastOne, NOTHING_SAID);
const times = timeCondition.refine(atLeastOne, NOTHING_SAID);
const exists = z.boolean().optional();

const param = z
  .strictObject({ key: runKey, string: texts.optional(), number: numbers.optional(), exists })
  .refine(atLeastOne, NOTHING_SAID);
const tag = z.strictObject({ key: runKey, string: texts.optional(), exists }).refine(atLeastOne, NOTHING_SAID);
const metric = z
  .strictObject({
    key: runKey,
    aggregate: z.enum(METRIC_AGGREGATES).optional(),
    number: valueCondition.refine(atLeastOne, NOTHING_SAID).optional(),
    exists,
  })
  .refine(atLeastOne, NOTHING_SAID);

const conditions = z
  .strictObject({
    id: idCondition('Run'),
    name: texts,
    description: texts,
    group: texts,
    status: list(z.enum(RUN_STATUSES)),
    source: list(z.enum(RUN_SOURCES)),
    seed: numbers,
    createdAt: times,
    startedAt: times,
    finishedAt: times,
    /** Seconds from its start to its end. */
    duration: numbers,
    archived: z.boolean(),
    silent: z.boolean(),
    experimentId: idCondition('Experiment'),
    experiment: texts,
    modelId: idCondition('ModelConfig'),
    model: texts,
    modelVersion: numbers,
    restorationId: idCondition('RestorationConfig'),
    restoration: texts,
    restorationVersion: numbers,
    parentId: idCondition('Run'),
    param,
    tag,
    metric,
    text: part.refine((s) => s.trim() !== '', 'must not be blank'),
  })
  .partial();

/** What one run has to be. All that is said beside each other must hold. */
export type RunConditions = z.infer<typeof conditions>;

/** Which runs; the empty filter is all of them. Plain JSON, so that a view can keep it. */
export interface RunFilter extends RunConditions {
  and?: RunFilter[] | undefined;
  or?: RunFilter[] | undefined;
  not?: RunFilter | undefined;
}

const nested: z.ZodType<RunFilter> = z.lazy(() => shape.refine(atLeastOne, NOTHING_SAID));
const shape = z.strictObject({
  ...conditions.shape,
  and: list(nested).optional(),
  or: list(nested).optional(),
  not: nested.optional(),
});

/** Conditions and depth of a filter that nobody has checked yet, without recursion. */
function sizeOf(filter: unknown): { conditions: number; depth: number } {
  const size = { conditions: 0, depth: 0 };
  const waiting = [{ filter, depth: 0 }];
  for (let next = waiting.pop(); next && size.conditions <= CONDITION_LIMIT; next = waiting.pop()) {
    size.depth = Math.max(size.depth, next.depth);
    if (typeof next.filter !== 'object' || next.filter === null) continue;
    for (const [key, value] of Object.entries(next.filter) as [string, unknown][]) {
      const inner = key === 'and' || key === 'or' ? value : key === 'not' ? [value] : undefined;
      if (!Array.isArray(inner)) size.conditions++;
      else for (const one of inner as unknown[]) waiting.push({ filter: one, depth: next.depth + 1 });
      if (waiting.length > CONDITION_LIMIT * 10) return { ...size, conditions: CONDITION_LIMIT + 1 };
    }
  }
  return size;
}

export const runFilter: z.ZodType<RunFilter> = z
  .unknown()
  .superRefine((filter, context) => {
    const size = sizeOf(filter);
    if (size.conditions > CONDITION_LIMIT) {
      context.addIssue({ code: 'custom', message: `can have at most ${CONDITION_LIMIT} conditions`, continue: false });
    } else if (size.depth > FILTER_DEPTH_LIMIT) {
      const message = `can have at most ${FILTER_DEPTH_LIMIT} levels of and, or and not`;
      context.addIssue({ code: 'custom', message, continue: false });
    }
  })
  .pipe(shape);
