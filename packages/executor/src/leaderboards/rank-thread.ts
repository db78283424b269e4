import { rankRuns, type RankedPredictions, type Ranking, type RankingOptions } from '@samplewise/evaluation';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** What the thread is given. */
interface Task {
  predictions: RankedPredictions;
  options: RankingOptions;
}

/** Predictions that are ranked sooner, within a tenth of a second, than a thread has started. */
const FEW = 50_000;

/**
 * Ranks runs. Many are ranked in a thread of its own: seconds of computing, in which this process would send no heartbeat
 * and lose its jobs to others.
 */
export async function rankAside(predictions: RankedPredictions, options: RankingOptions): Promise<Ranking> {
  const few = predictions.predicted.length * predictions.truth.length <= FEW;
  return few ? rankRuns(predictions, options) : rankInThread(predictions, options);
}

function rankInThread(predictions: RankedPredictions, options: RankingOptions): Promise<Ranking> {
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
