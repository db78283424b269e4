import { z } from 'zod';
import { count } from '@/design/format';

/** What of a stored plan its size depends on. */
const plan = z.object({
  modelConfigIds: z.array(z.string()),
  restorationConfigIds: z.array(z.string()),
  seeds: z.array(z.number()).default([0]),
  sample: z.object({ count: z.number() }).optional(),
});

/** '4 models × 2 restorations × 3 seeds'; undefined where there is no plan. */
export function planInWords(stored: unknown): string | undefined {
  const read = plan.safeParse(stored);
  if (!read.success) return undefined;
  const { modelConfigIds, restorationConfigIds, seeds, sample } = read.data;
  const axes = [
    some(modelConfigIds.length, 'model'),
    some(restorationConfigIds.length, 'restoration'),
    ...(seeds.length > 1 ? [some(seeds.length, 'seed')] : []),
  ].join(' × ');
  return sample ? `${count(sample.count)} drawn from ${axes}` : axes;
}

const some = (number: number, what: string): string => `${count(number)} ${what}${number === 1 ? '' : 's'}`;
