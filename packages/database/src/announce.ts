import pg from 'pg';
import { announcement, CHANNEL, type Announcement } from './channels.ts';

/** Anything that runs a statement: a pg client, or Prisma's raw query in a transaction. */
type Execute = (sql: string, values: unknown[]) => Promise<unknown>;

/** Tells every listening process; inside a transaction, when it commits. The cast is for Prisma, which can not read `void`. */
export async function announce(execute: Execute, message: Announcement): Promise<void> {
  await execute('SELECT pg_notify($1, $2)::text', [CHANNEL, JSON.stringify(message)]);
}

const RECONNECT_MILLISECONDS = 500;

/**
 * One LISTEN connection per process, shared by all its subscriptions. When the connection is lost it is made anew, and
 * every subscriber is told to read again (`resynchronise`), since announcements may have been missed meanwhile.
 */
export class Listener {
  readonly #url: string;
  readonly #subscribers = new Set<(message: Announcement | 'resynchronise') => void>();
  #client: pg.Client | undefined;
  #closed = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  /** Resolves when listening; later losses are mended in the background. */
  async start(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, keepAlive: true });
    client.on('notification', ({ payload }) => {
      const parsed = announcement.safeParse(JSON.parse(payload ?? 'null'));
      if (parsed.success) this.#publish(parsed.data);
    });
    client.on('error', () => {
      this.#lost(client);
    });
    client.on('end', () => {
      this.#lost(client);
    });
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
    this.#client = client;
  }

  /** @returns a function that ends the subscription */
  subscribe(receive: (message: Announcement | 'resynchronise') => void): () => void {
    this.#subscribers.add(receive);
    return () => this.#subscribers.delete(receive);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#client?.end();
  }

  #publish(message: Announcement | 'resynchronise'): void {
    for (const receive of this.#subscribers) receive(message);
  }

  #lost(client: pg.Client): void {
    if (this.#closed || this.#client !== client) return;
    this.#client = undefined;
    const again = (): void => {
      this.start().then(
        () => {
          this.#publish('resynchronise');
        },
        () => {
          if (!this.#closed) this.#retry = setTimeout(again, RECONNECT_MILLISECONDS);
        },
      );
    };
    again();
  }
}
