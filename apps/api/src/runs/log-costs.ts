import { parseInput } from '@samplewise/domain';
import { $Enums, inTransaction } from '@samplewise/database';
import { z } from 'zod';
import type { Services } from '../context.ts';
import { announceLocked } from './end-run.ts';
import { lockOpenRun } from './lock-run.ts';

const seconds = z.number().min(0).max(1e10);
const costs = z
  .array(
    z.strictObject({
      phase: z.enum($Enums.Phase),
      wallSeconds: seconds,
      cpuSeconds: seconds.default(0),
      peakMemoryBytes: z
        .bigint()
        .min(0n)
        .max(2n ** 62n)
        .nullable()
        .default(null),
      device: z.string().min(1).max(120).default('unknown'),
      samples: z.number().int().min(0).max(2_147_483_647).default(0),
      energyJoules: z.number().min(0).max(1e15).nullable().default(null),
      price: z.number().min(0).max(1e12).nullable().default(null),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, 'must be a code of ISO 4217, such as EUR')
        .nullable()
        .default(null),
    }),
  )
  .min(1, 'must not be empty')
  .refine((all) => all.every((c) => c.price === null || c.currency !== null), 'a price needs its currency')
  .refine((all) => new Set(all.map((cost) => cost.phase)).size === all.length, 'must not name a phase twice');

/** Says what phases of a client's run have cost; a phase that is there gets the new figures. @throws InvalidInput */
export async function logCosts({ database }: Pick<Services, 'database'>, id: bigint, input: unknown): Promise<void> {
  const parsed = parseInput(costs, input, 'input.costs');
  await inTransaction(database.pool, async (client) => {
    const run = await lockOpenRun(client, id);
    for (const cost of parsed) {
      await client.query(
        `INSERT INTO phase_cost (run_id, phase, wall_seconds, cpu_seconds, peak_memory_bytes, device, samples,
                                 energy_joules, energy_source, price, currency)
         VALUES ($1, $2::"Phase", $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (run_id, phase) DO UPDATE
            SET wall_seconds = $3, cpu_seconds = $4, peak_memory_bytes = $5, device = $6, samples = $7, cached = 0,
                energy_joules = $8, energy_source = $9, price = $10, currency = $11`,
        [
          id,
          cost.phase,
          cost.wallSeconds,
          cost.cpuSeconds,
          cost.peakMemoryBytes,
          cost.device,
          cost.samples,
          cost.energyJoules,
          cost.energyJoules === null ? null : 'declared',
          cost.price,
          cost.price === null ? null : cost.currency,
        ],
      );
    }
    await client.query('UPDATE run SET heartbeat_at = now() WHERE id = $1', [id]);
    await announceLocked(client, run);
  });
}
