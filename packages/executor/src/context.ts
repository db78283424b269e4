import type { Database } from '@samplewise/database';
import type { Storage } from '@samplewise/storage';
import type { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { ModelProcesses } from './model-process/model-processes.ts';

/** What the executor's jobs work with. */
export interface ExecutorContext {
  database: Database;
  storage: Storage;
  boss: PgBoss;
  log: Logger;
  models: ModelProcesses;
  /** Of a model's inference. */
  threads: number;
}
