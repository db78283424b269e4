import { z } from 'zod';

/**
 * What is announced by NOTIFY, one contract for those who send and those who listen. A message says only that
 * something changed; listeners read the rows anew.
 */
export const CHANNEL = 'samplewise';

const rowId = z.string().regex(/^\d+$/);

export const announcement = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), runId: rowId, experimentId: rowId }),
  /** Points of metrics were logged. */
  z.object({ kind: z.literal('metrics'), runId: rowId }),
  /** A run's log has grown. */
  z.object({ kind: z.literal('logs'), runId: rowId }),
  z.object({ kind: z.literal('import'), importId: rowId }),
  /** A board's rows, or its rule. */
  z.object({ kind: z.literal('leaderboard'), leaderboardId: rowId }),
  z.object({ kind: z.literal('trial'), trialId: rowId }),
  /** A submission was scored, or could not be. */
  z.object({ kind: z.literal('submission'), submissionId: rowId, leaderboardId: rowId }),
  /** There are shards to be taken: executors that wait look at once. */
  z.object({ kind: z.literal('shards') }),
]);
export type Announcement = z.infer<typeof announcement>;
