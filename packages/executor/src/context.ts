import type { Database, Listener } from '@samplewise/database';
import type { Storage } from '@samplewise/storage';
import type { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Energy } from './costs/energy.ts';
import type { Limits, Price } from './config.ts';
import type { describeEnvironment } from './environment.ts';
import type { ModelProcesses } from './model-process/model-processes.ts';

/** What the executor's jobs work with. */
export interface ExecutorContext {
  database: Database;
  storage: Storage;
  listener: Listener;
  boss: PgBoss;
  log: Logger;
  /** For people. */
  name: string;
  /** Its row in the register. */
  executorId: bigint;
  environment: ReturnType<typeof describeEnvironment>;
  models: ModelProcesses;
  /** Counts what this executor has done. */
  done: { shardsDone: number; samplesDone: number };
  energy: Energy;
  price: Price | undefined;
  limits: Pick<Limits, 'memoryBytes' | 'timeoutSeconds'>;
  /** The executor is ending, and waits for nothing any more. */
  stopped: AbortSignal;
}
