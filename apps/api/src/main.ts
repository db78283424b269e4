import { Listener, openDatabase, openQueue } from '@samplewise/database';
import { openStorage } from '@samplewise/storage';
import { pino } from 'pino';
import { readConfig, type Config } from './config.ts';
import { startServer } from './server.ts';

const STOP_MILLISECONDS = 8000;

/** The API process: parses its configuration, opens what it needs, listens, and closes in reverse order. */
async function main(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel, name: 'api' });
  const database = openDatabase(config.databaseUrl);
  const listener = new Listener(config.databaseUrl);
  const boss = openQueue(config.databaseUrl, 'sender');
  boss.on('error', (error) => log.error({ error: error.message }, 'the queue has a problem'));
  await Promise.all([listener.start(), boss.start()]);
  const storage = await openStorage(config.storageFolder);
  const server = await startServer({ database, storage, listener, boss, log }, config);
  log.info({ url: server.url }, 'listening');
  process.send?.({ ready: true, url: server.url });

  let stopping = false;
  const stop = async (why: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'stopping');
    // With the database gone, its clients may wait for it for ever.
    setTimeout(() => process.exit(1), STOP_MILLISECONDS).unref();
    await server.close();
    await listener.close();
    await boss.stop({ graceful: true, timeout: 2000 });
    await database.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));
  // Whoever started us is gone: so are we.
  process.on('disconnect', () => void stop('the supervisor is gone'));
}

main(readConfig()).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
