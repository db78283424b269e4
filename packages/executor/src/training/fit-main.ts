import { Worker } from 'node:worker_threads';
import type { FitAnswer, FitMessage, FitRequest } from './fit-protocol.ts';

/**
 * A process that fits one head and ends. By itself, so that what it takes is told apart from all else, and so that it can
 * be given up at any moment.
 */
const answer = (message: FitAnswer): void => void process.send!(message);

// The executor is gone: whoever takes the shard begins anew.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// A terminal sends these to every process of its group; the executor decides what becomes of us.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);

process.once('message', (request: FitRequest) => {
  const started = performance.now();
  const thread = new Worker(new URL('./fit-thread.ts', import.meta.url), { workerData: request });
  thread.on('message', (message: FitMessage) => {
    if (message.kind !== 'fitted') {
      answer(message);
      return;
    }
    const { user, system } = process.cpuUsage();
    const cost = {
      wallSeconds: (performance.now() - started) / 1000,
      cpuSeconds: (user + system) / 1e6,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    };
    answer({ kind: 'fitted', fitted: message.fitted, cost });
  });
  thread.on('error', (error) => {
    answer({ kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  });
});
