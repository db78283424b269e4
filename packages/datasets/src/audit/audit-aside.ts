import { auditDataset, type DatasetAudit, type DatasetColumns } from '@samplewise/evaluation';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** Samples that are audited sooner, within a tenth of a second, than a thread has started. */
const FEW = 20_000;

/** What the thread is given. */
interface Task {
  columns: DatasetColumns;
  maximumDistance: number;
}

/** Audits a dataset; a large one in a thread of its own, since it takes seconds in which no heartbeat would be sent. */
export async function auditAside(columns: DatasetColumns, maximumDistance: number): Promise<DatasetAudit> {
  if (columns.truth.length <= FEW) return auditDataset(columns, { maximumDistance });
  const task: Task = { columns, maximumDistance };
  const worker = new Worker(new URL(import.meta.url), { workerData: task });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    // Its message comes first, if there is one.
    worker.once('exit', (code) => reject(new Error(`the thread that audits ended with ${code}`)));
  });
}

if (!isMainThread && parentPort && isTask(workerData)) {
  parentPort.postMessage(auditDataset(workerData.columns, workerData));
}

function isTask(data: unknown): data is Task {
  return typeof data === 'object' && data !== null && 'columns' in data && 'maximumDistance' in data;
}
