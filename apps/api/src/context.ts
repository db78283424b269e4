import type { Database, Listener } from '@samplewise/database';
import type { Storage } from '@samplewise/storage';
import type { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Actor } from './auth/policy.ts';
import type { AccountsConfig } from './config.ts';
import type { Cost } from './limits/assess.ts';

/** What the process has, made once. */
export interface Services {
  database: Database;
  storage: Storage;
  listener: Listener;
  boss: PgBoss;
  log: Logger;
}

/** What a resolver gets. */
export interface Context extends Services {
  actor: Actor;
  /** How people come in; undefined where nobody signs in. */
  accounts: AccountsConfig | undefined;
  /** Who is asking as things stand now, for what goes on for long; undefined when it is no longer known. */
  identifyAgain: () => Promise<Actor | undefined>;
  /** What the operation costs. */
  cost?: Cost | undefined;
}
