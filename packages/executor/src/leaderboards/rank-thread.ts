import { rankRuns, type RankedPredictions, type Ranking, type RankingOptions } from '@samplewise/evaluation';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** What the thread is given. */
interface Task {
  predictions: RankedPredictions;
  options: RankingOptions;
}

/**
 * Ranks runs in a thread of its own: seconds of computing, in which this process would send no heartbeat and lose its
 * jobs to others.
 */
export function rankInThread(predictions: RankedPredictions, options: RankingOptions): Promise<Ranking> {
  return new Promise((resolve, reject) => {
    const task: Task = { predictions, options };
    const worker = new Worker(new URL(import.meta.url), { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
    // Its message comes first, if there is one.
    worker.once('exit', (code) => reject(new Error(`the thread that ranks ended with ${code}`)));
  });
}

if (!isMainThread && parentPort && isTask(workerData)) {
  parentPort.postMessage(rankRuns(workerData.predictions, workerData.options));
}

function isTask(data: unknown): data is Task {
  return typeof data === 'object' && data !== null && 'predictions' in data && 'options' in data;
}
