import { z } from 'zod';
import type { GenerateOptions } from '../generate/generate.ts';

const count = z.coerce.number().int().min(1).optional();
const asked = z
  .object({ PAGES_RUNS: count, PAGES_SAMPLES: count, PAGES_PREDICTED: count, PAGES_REPEATS: count })
  .parse(process.env);

/** How large the environment wants the generated project: PAGES_RUNS, PAGES_SAMPLES, PAGES_PREDICTED. */
export const askedSize: Partial<GenerateOptions> = {
  ...(asked.PAGES_RUNS && { runs: asked.PAGES_RUNS }),
  ...(asked.PAGES_SAMPLES && { samples: asked.PAGES_SAMPLES }),
  ...(asked.PAGES_PREDICTED && { predicted: asked.PAGES_PREDICTED }),
};

/** How often a page is viewed: PAGES_REPEATS. */
export const REPEATS = asked.PAGES_REPEATS ?? 5;
