import { migrate, startEmbeddedPostgres, type EmbeddedPostgres } from '@samplewise/database';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { until } from './stack.ts';

export interface OwnPostgres {
  /** A migrated database; its address outlives restarts. */
  url: string;
  /** Ends all its connections, and comes back. @param meanwhile what is done while it is away */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  /** Kills it as a power cut would; what it has acknowledged it recovers from its log. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** A Postgres that a test may maltreat, with the settings of real use: nothing that is committed may be lost. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-own-'));
  await chmod(folder, 0o755); // As root, Postgres runs as another user, who must get in.
  let server = await startEmbeddedPostgres(folder);
  const { url } = server;
  await migrate(url);
  const again = async (): Promise<EmbeddedPostgres> =>
    startEmbeddedPostgres(folder, { port: Number(new URL(url).port) });
  return {
    url,
    async restart(meanwhile) {
      await server.stop();
      await meanwhile?.();
      server = await again();
    },
    async crash() {
      const [pid] = (await readFile(path.join(server.dataFolder, 'postmaster.pid'), 'utf8')).split('\n').map(Number);
      process.kill(pid!, 'SIGKILL');
      // Its children notice, and must be gone before the next server takes the cluster.
      server = await until(() => again().catch(() => undefined), 30, 'a start after the crash');
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
