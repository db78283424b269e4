import { SamplewiseClient } from '@samplewise/client';
import os from 'node:os';
import { end, type ApiUnderTest } from '../bench/api.ts';
import type { Target } from './target.ts';

/** A bench's API as what is filled, with an executor for each core, up to four: an evaluation keeps one busy. */
export function targetOf(api: ApiUnderTest): Target {
  return {
    client: new SamplewiseClient({ url: api.url }),
    database: api.database,
    async startExecutor() {
      const cores = Math.min(4, os.availableParallelism());
      const executors = await Promise.all(Array.from({ length: cores }, () => api.startExecutor()));
      return {
        async stop() {
          for (const executor of executors) await end(executor);
        },
      };
    },
  };
}
