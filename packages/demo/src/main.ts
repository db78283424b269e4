import { readConfig, SamplewiseClient } from '@samplewise/client';
import { z } from 'zod';
import { seed } from './seed.ts';

/** Seeds the demo into the API at SAMPLEWISE_URL and ends; the executor does the rest. */
seed(new SamplewiseClient(readConfig()), (line) => {
  console.log(line);
}).catch((error: unknown) => {
  console.error(error instanceof z.ZodError ? z.prettifyError(error) : error);
  process.exit(1);
});
