import { createHash } from 'node:crypto';
import { z } from 'zod';

/** The rule under which a leaderboard takes submissions. */
export const competitionRule = z
  .strictObject({
    /** Of the samples, the share by which entrants are ranked until the rest is revealed. */
    publicShare: z.number().min(0.05, 'must be at least 0.05').max(0.95, 'must be at most 0.95').default(0.5),
    /** Submissions of one entrant in a day (UTC). */
    dailyLimit: z.number().int('must be a whole number').min(1, 'must be at least 1').max(1000).default(5),
    /** At once unless given. */
    opensAt: z.date().optional(),
    closesAt: z.date(),
    /** Whether the private part is revealed when it closes; else somebody has to. */
    revealAtClose: z.boolean().default(true),
  })
  .refine(({ opensAt, closesAt }) => opensAt === undefined || opensAt < closesAt, {
    message: 'must come after opensAt',
    path: ['closesAt'],
  });
export type CompetitionRule = z.infer<typeof competitionRule>;

/** Of a split with hidden labels: that by which entrants are ranked meanwhile, and that which decides in the end. */
export const BOARD_PARTS = ['PUBLIC', 'PRIVATE'] as const;
export type BoardPart = (typeof BOARD_PARTS)[number];

/** How many samples the public part has. It depends on their number alone, so that it tells nothing of their labels. */
export const publicSamples = (samples: number, share: number): number =>
  Math.min(Math.max(Math.round(share * samples), 1), samples - 1);

/**
 * Which samples are in the public part: of each class the same share, as nearly as whole samples allow (largest
 * remainders), drawn by the salt of the hidden labels. A larger share has the samples of a smaller one, but for one of a
 * class here and there, so that several competitions over one split tell little more than the one that tells most.
 * @param truth labels in the order of the samples, at least two
 * @param salt of the hidden labels; nobody is told it while they are hidden
 * @returns 1 for each sample of the public part
 */
export function publicPart(truth: ArrayLike<number>, salt: string, share: number): Uint8Array {
  const classes = new Map<number, { position: number; key: number }[]>();
  for (let position = 0; position < truth.length; position++) {
    const members = classes.get(truth[position]!) ?? [];
    classes.set(truth[position]!, members);
    members.push({ position, key: keyOf(salt, position) });
  }
  const total = publicSamples(truth.length, share);
  const wanted = [...classes].map(([label, members]) => {
    const exact = (members.length * total) / truth.length;
    return { label, members, take: Math.floor(exact), rest: exact - Math.floor(exact) };
  });
  let left = total - wanted.reduce((sum, { take }) => sum + take, 0);
  for (const one of wanted.toSorted((a, b) => b.rest - a.rest || a.label - b.label)) {
    if (left === 0) break;
    one.take++;
    left--;
  }
  const part = new Uint8Array(truth.length);
  for (const { members, take } of wanted) {
    members.sort((a, b) => a.key - b.key || a.position - b.position);
    for (const { position } of members.slice(0, take)) part[position] = 1;
  }
  return part;
}

const KEY_BYTES = 6;

/** A number that nobody foresees who does not know the salt. */
const keyOf = (salt: string, position: number): number =>
  createHash('sha256').update(`samplewise-part-1\n${salt}\n${position}`).digest().readUIntBE(0, KEY_BYTES);
