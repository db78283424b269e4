import { startEmbeddedPostgres, type EmbeddedPostgres } from '@samplewise/database';
import pg from 'pg';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ATTEMPTS = 5;
const FIRST_DELAY_MILLISECONDS = 500;

/** The embedded Postgres, started again on its port when it dies while we live. */
export class WatchedPostgres {
  readonly url: string;
  readonly dataFolder: string;
  readonly #folder: string;
  readonly #giveUp: (error: Error) => void;
  #server: EmbeddedPostgres;
  #watch: pg.Client | undefined;
  #stopping = false;

  private constructor(folder: string, server: EmbeddedPostgres, giveUp: (error: Error) => void) {
    this.#folder = folder;
    this.#server = server;
    this.#giveUp = giveUp;
    this.url = server.url;
    this.dataFolder = server.dataFolder;
  }

  /** @param giveUp called when it died and could not be started again */
  static async start(home: string, giveUp: (error: Error) => void): Promise<WatchedPostgres> {
    const folder = path.join(home, 'postgres');
    const watched = new WatchedPostgres(folder, await startEmbeddedPostgres(folder), giveUp);
    await watched.#openWatch();
    return watched;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#watch?.end();
    await this.#server.stop();
  }

  /** An idle connection: the system closes it in the moment the server dies. */
  async #openWatch(): Promise<void> {
    const client = new pg.Client({ connectionString: this.url, application_name: 'samplewise-supervisor' });
    client.on('error', () => undefined); // 'end' follows, and says all that matters
    await client.connect();
    this.#watch = client;
    client.once('end', () => void this.#revive());
  }

  async #revive(): Promise<void> {
    if (this.#stopping) return;
    console.error('Postgres ended unexpectedly; it is started again.');
    const port = Number(new URL(this.url).port);
    for (let attempt = 1; ; attempt++) {
      try {
        // While the old server's processes still end, the new one refuses to start.
        await sleep(FIRST_DELAY_MILLISECONDS * attempt);
        if (this.#isStopping()) return;
        this.#server = await startEmbeddedPostgres(this.#folder, { port });
        await this.#openWatch();
        return;
      } catch (error) {
        if (attempt < ATTEMPTS) continue;
        this.#giveUp(error as Error);
        return;
      }
    }
  }

  #isStopping(): boolean {
    return this.#stopping;
  }
}
