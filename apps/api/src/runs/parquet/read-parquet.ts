import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import type { SampleSet } from '../sample-sets.ts';
import type { ParquetAnswer, ParquetTask } from './parquet-thread.ts';

/** Of the file as it is sent; a row of seven scores takes about 40 bytes. */
const FILE_LIMIT = 1024 * 1024 * 1024;
/** Files that are read at once: each may take a thread, its memory and its place on the disk. */
const FILES_AT_ONCE = 4;
const THREAD_MEGABYTES = 1024;
const ANSWER_MILLISECONDS = 60_000;

let reading = 0;

/**
 * Rows of a Parquet file, with the columns of a CSV or with a list `scores` in the order of the classes. Its end comes
 * first, so that it is put on the disk; a thread of bounded memory and time takes it apart, for no count in it is to be
 * trusted. What is wrong comes as an Error in the place of a row.
 */
export async function* parquetRows(source: Readable, { labels, members }: SampleSet): AsyncGenerator {
  if (reading >= FILES_AT_ONCE) {
    yield new Error(`${FILES_AT_ONCE} Parquet files are being read at once. Send this one again in a while.`);
    return;
  }
  reading++;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-parquet-'));
  try {
    const file = path.join(folder, 'predictions.parquet');
    const size = await spool(source, file);
    if (size > FILE_LIMIT) yield new Error(`A Parquet file may have ${FILE_LIMIT} bytes. Send it in several batches.`);
    else yield* readInThread({ file, labels, rowLimit: members.reduce((sum, member) => sum + member, 0) });
  } finally {
    await rm(folder, { recursive: true, force: true });
    reading--;
  }
}

/** @returns its bytes, of which no more are kept than may be read */
async function spool(source: Readable, file: string): Promise<number> {
  let size = 0;
  await pipeline(
    source,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        size += chunk.length;
        if (size > FILE_LIMIT) return;
        yield chunk;
      }
    },
    createWriteStream(file),
  );
  return size;
}

async function* readInThread(task: ParquetTask): AsyncGenerator {
  const thread = new Worker(new URL('./parquet-thread.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: THREAD_MEGABYTES },
  });
  // It may still fail while it is ended.
  thread.on('error', () => undefined);
  try {
    for (;;) {
      const answer = await ask(thread);
      if (answer instanceof Error) yield answer;
      if (answer instanceof Error || answer === 'end') return;
      yield* answer;
    }
  } finally {
    await thread.terminate();
  }
}

/** The next rows; an Error where there are none because of the file. */
function ask(thread: Worker): Promise<ParquetAnswer | Error> {
  return new Promise((resolve) => {
    const give = (answer: ParquetAnswer | Error): void => {
      clearTimeout(late);
      thread.off('message', give).off('error', failed).off('exit', gone);
      resolve(answer);
    };
    const failed = (error: unknown): void => give(new Error(`The file can not be read: ${reasonOf(error)}.`));
    const gone = (): void => give(new Error('The file can not be read.'));
    const late = setTimeout(() => give(new Error('The file takes too long to read.')), ANSWER_MILLISECONDS);
    thread.on('message', give).on('error', failed).on('exit', gone);
    thread.postMessage('next');
  });
}

const reasonOf = (error: unknown): string => {
  if ((error as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY') return 'it needs too much memory';
  return error instanceof Error ? error.message.slice(0, 200) : 'nothing more is known';
};
