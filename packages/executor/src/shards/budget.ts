import { InvalidInput, problem } from '@samplewise/domain';
import { textTotals, type Database } from '@samplewise/database';
import { UNLIMITED, type Budget } from '../models/allowance.ts';
import type { Shard } from './load-shard.ts';

/**
 * What a run may still spend, by what its stored shards have spent. Executors that work on the run at the same time
 * each see the same rest, so that together they may spend a shard's worth more for each.
 */
export async function readBudget({ pool }: Pick<Database, 'pool'>, { model, runId }: Shard): Promise<Budget> {
  const budget = model.kind === 'vlm-prompt' ? model.budget : undefined;
  if (!budget) return UNLIMITED;
  const used = await textTotals(pool, runId);
  return {
    requests: (budget.requests ?? Infinity) - used.requests,
    tokens: (budget.tokens ?? Infinity) - used.tokens,
  };
}

/** Why the run ends. */
export const usedUp = ({ model }: Shard): InvalidInput =>
  new InvalidInput(
    problem('BUDGET_USED_UP', "The run's budget for its model is used up. What was answered is stored.", {
      place: 'model.budget',
      value: model.kind === 'vlm-prompt' ? model.budget : undefined,
      mend: 'Register the model with a larger budget, or try fewer samples.',
    }),
  );
