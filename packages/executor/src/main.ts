import { Listener, openDatabase, openQueue } from '@samplewise/database';
import { openStorage } from '@samplewise/storage';
import { pino } from 'pino';
import { readConfig, type Config } from './config.ts';
import { startExecutor } from './executor.ts';

const STOP_MILLISECONDS = 9000;

/** The executor process: parses its configuration, takes jobs, and ends in order. */
async function main(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel, name: 'executor' });
  const database = openDatabase(config.databaseUrl, { connections: 6 });
  const boss = openQueue(config.databaseUrl, 'worker');
  boss.on('error', (error) => log.error({ error: error.message }, 'the queue has a problem'));
  const listener = new Listener(config.databaseUrl);
  await Promise.all([boss.start(), listener.start()]);
  const { limits, endpoints } = config;
  const storage = await openStorage(config.storageFolder);
  const executor = await startExecutor({ ...limits, endpoints, database, storage, listener, boss, log });
  log.info(limits, 'ready');
  process.send?.({ ready: true });

  let stopping = false;
  const stop = async (why: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'stopping');
    // With the database gone, its clients may wait for it for ever. Jobs at work are done again.
    setTimeout(() => process.exit(1), STOP_MILLISECONDS).unref();
    await executor.stop();
    await listener.close();
    await database.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));
  // Whoever started us is gone: so are we. Jobs at work are done again.
  process.on('disconnect', () => process.exit(0));
}

main(readConfig()).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
