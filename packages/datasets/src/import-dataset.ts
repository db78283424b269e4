import type { Database } from '@samplewise/database';
import { InvalidInput, problem } from '@samplewise/domain';
import { BlobMissing, type Storage } from '@samplewise/storage';
import { openFerCsv } from './fer/fer-csv-source.ts';
import { forEachBounded } from './for-each-bounded.ts';
import { openImageArchive } from './image-archive/image-archive-source.ts';
import { beginImport, failImport, reportProgress, type ImportRow } from './import-row.ts';
import { ProblemList, TooManyProblems } from './problem-list.ts';
import type { Source, SourceSample } from './source.ts';
import { SampleColumns } from './version/sample-columns.ts';
import { writeVersion } from './version/write-version.ts';

export interface ImportDependencies {
  database: Database;
  storage: Storage;
  log?: ImportLog;
}

/** What pino and its like offer. */
export interface ImportLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Images that are decoded and written at once; each takes up to 100 MB at the limits of size. */
export const IMAGES_AT_WORK = 6;
const PROGRESS_MILLISECONDS = 500;

/**
 * Reads an uploaded file into a new dataset version. What is wrong with the file is recorded at the import, which is
 * FAILED then, and nothing of it becomes visible. May be called again after a crash or for an import that has ended.
 * @throws what is not the file's fault (disk, database), to be tried again
 */
export async function importDataset(dependencies: ImportDependencies, importId: bigint): Promise<void> {
  const { database, log } = dependencies;
  const row = await beginImport(database, importId);
  if (!row) return;
  const problems = new ProblemList();
  try {
    const columns = await readColumns(dependencies, row, problems);
    if (problems.count === 0) {
      const version = await writeVersion(database, row, columns);
      log?.info({ importId, version: version?.id, alreadyExisted: version?.alreadyExisted }, 'dataset imported');
      return;
    }
  } catch (error) {
    collectExpected(error, row, problems);
  }
  await failImport(database, importId, problems.listed, problems.count);
  log?.warn({ importId, problems: problems.count, first: problems.listed[0] }, 'dataset refused');
}

/** Reads, verifies and stores the images. When a problem has been found the rest is only verified. */
async function readColumns(
  { database, storage }: ImportDependencies,
  row: ImportRow,
  problems: ProblemList,
): Promise<SampleColumns> {
  if (row.uploadDigest === null) throw new BlobMissing('of the import');
  const source = await openSource(await storage.localPath(row.uploadDigest), row, problems);
  const columns = new SampleColumns(source.labels, source.total);
  let done = 0;
  let reported = -Infinity;
  await forEachBounded(source.samples(), IMAGES_AT_WORK, async (sample) => {
    await acceptSample(sample, storage, columns, problems);
    done++;
    if (performance.now() - reported < PROGRESS_MILLISECONDS) return;
    reported = performance.now();
    await reportProgress(database, row.id, done, source.total);
  });
  return columns;
}

function openSource(file: string, { format, fileName }: ImportRow, problems: ProblemList): Promise<Source> {
  switch (format) {
    case 'fer-csv':
      return openFerCsv(file, fileName, problems);
    case 'image-folder':
    case 'image-manifest':
      return openImageArchive(format, file, fileName, problems);
  }
}

async function acceptSample(
  sample: SourceSample,
  storage: Storage,
  columns: SampleColumns,
  problems: ProblemList,
): Promise<void> {
  try {
    const { bytes, mediaType, facts } = await sample.image();
    if (problems.count > 0) return;
    const { digest, size } = await storage.write(bytes);
    columns.set({ ...sample, digest }, { size, mediaType, facts });
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    problems.add(...error.problems);
  }
}

/** Adds an error that is the source's to its problems; throws any other. */
function collectExpected(error: unknown, row: ImportRow, problems: ProblemList): void {
  if (error instanceof TooManyProblems) return;
  if (error instanceof BlobMissing) {
    problems.conclude(
      problem('BLOB_MISSING', 'The uploaded file is no longer in the storage.', {
        place: row.fileName,
        mend: 'Upload it again.',
      }),
    );
    return;
  }
  if (!(error instanceof InvalidInput)) throw error;
  problems.conclude(...error.problems);
}
