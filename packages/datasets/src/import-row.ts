import { announce, type Database, type Prisma } from '@samplewise/database';
import { datasetFormat, type DatasetFormat, type Problem, type Split } from '@samplewise/domain';

/** What the reading of an upload needs to know. */
export interface ImportRow {
  id: bigint;
  projectId: bigint;
  datasetName: string;
  versionName: string;
  format: DatasetFormat;
  fileName: string;
  /** None where it made its version already. */
  uploadDigest: string | null;
  /** Of the new version, those whose labels are hidden. */
  hiddenSplits: readonly Split[];
}

/**
 * Moves an import from QUEUED to RUNNING. One that is RUNNING was left by a worker that died, and begins anew.
 * @returns undefined when it has ended, or is gone
 */
export async function beginImport(database: Database, importId: bigint): Promise<ImportRow | undefined> {
  const [row] = await database.prisma.datasetImport.updateManyAndReturn({
    where: { id: importId, status: { in: ['QUEUED', 'RUNNING'] } },
    data: { status: 'RUNNING', samplesDone: 0, samplesTotal: null },
  });
  if (!row) return undefined;
  await tell(database, importId);
  return { ...row, format: datasetFormat.parse(row.format) };
}

/** Makes progress visible. Does nothing when the import has ended. */
export async function reportProgress(database: Database, importId: bigint, done: number, total: number): Promise<void> {
  await database.prisma.datasetImport.updateMany({
    where: { id: importId, status: 'RUNNING' },
    data: { samplesDone: done, samplesTotal: total },
  });
  await tell(database, importId);
}

/**
 * Ends an import with what is wrong; also for the one who finds that its job can't be done (retries used up).
 * Does nothing when it has ended already.
 * @param count all problems, of which `problems` are the first
 */
export async function failImport(
  database: Database,
  importId: bigint,
  problems: readonly Problem[],
  count = problems.length,
): Promise<void> {
  await database.prisma.datasetImport.updateMany({
    where: { id: importId, status: { in: ['QUEUED', 'RUNNING'] } },
    data: {
      status: 'FAILED',
      problems: problems.map(storable),
      problemCount: count,
      finishedAt: new Date(),
    },
  });
  await tell(database, importId);
}

/** Postgres holds neither NUL nor half a character, both of which a hostile file can put into a problem's texts. */
function storable(problem: Problem): Problem & Prisma.InputJsonObject {
  const clean = (text: string): string => text.replaceAll('\0', '\u2400').toWellFormed();
  const { code, message, place, value, mend } = problem;
  return {
    code,
    message: clean(message),
    place: place === null ? null : clean(place),
    value: value === null ? null : clean(value),
    mend,
  };
}

async function tell({ pool }: Database, importId: bigint): Promise<void> {
  await announce((sql, values) => pool.query(sql, values), { kind: 'import', importId: String(importId) });
}
