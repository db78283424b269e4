import { z } from 'zod';
import { displayName, prose, runKey } from './names.ts';
import { runEnvironment } from './run-environment.ts';

/** Most runs that one mutation changes. */
export const RUNS_AT_ONCE = 1000;
/** A client run that was not heard of for so long is silent. */
export const SILENT_SECONDS = 120;
/** A run's place among those of its team: higher ones are predicted first. */
export const runPriority = z.number().int().min(-10).max(10);
/** A deleted run stays so long in the bin. */
export const BIN_DAYS = 30;

/** Of everything that is drawn at random. */
export const runSeed = z.number().int().min(0).max(2_147_483_647);

const tagValue = z
  .string()
  .max(500, 'must have at most 500 characters')
  .refine((s) => !s.includes('\0'), 'must not contain a NUL character');

/** Tags by key; the value of a word alone is empty. */
export const runTags = z
  .array(z.strictObject({ key: runKey, value: tagValue.default('') }))
  .max(100, 'can be at most 100')
  .refine((tags) => new Set(tags.map((tag) => tag.key)).size === tags.length, 'must not name a key twice');

/** What somebody has published of a run whose predictions are not there: figures only, and where they stand. */
export const publishedFigures = z.strictObject({
  /** As it would be cited. */
  citation: z.string().trim().min(1, 'must say who has published it').max(1000),
  url: z
    .url({ protocol: /^https?$/, error: 'must be an address that begins with https://' })
    .max(2000)
    .optional(),
  /** On how many samples they were measured; several where the publication leaves it open. */
  samples: z.array(z.number().int().min(1).max(1_000_000_000)).min(1).max(5),
  /** From 0 to 1. */
  accuracy: z.number().min(0).max(1, 'is a share from 0 to 1, so that 86.44 % is 0.8644'),
  /** Others that were told, by their names, as they were told. */
  others: z.record(runKey, z.number()).default({}),
});
export type PublishedFigures = z.infer<typeof publishedFigures>;

/** What a client says of a run that it begins. */
export const newRun = z.strictObject({
  name: displayName.optional(),
  description: prose.default(''),
  group: displayName.optional(),
  seed: runSeed.default(0),
  tags: runTags.default([]),
  environment: runEnvironment.optional(),
  clientKey: runKey.optional(),
  published: publishedFigures.optional(),
});

/** What people change about a run. */
export const runChange = z.strictObject({
  name: displayName.optional(),
  description: prose.optional(),
  /** Empty: none. */
  group: z.union([displayName, z.literal('')]).optional(),
  setTags: runTags.optional(),
  removeTags: z.array(runKey).max(100, 'can be at most 100').optional(),
  archived: z.boolean().optional(),
});
export type RunChange = z.infer<typeof runChange>;
