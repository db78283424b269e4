import { IMPORT_LIMITS, InvalidInput, problem } from '@samplewise/domain';
import type { ProblemList } from '../problem-list.ts';
import type { Archive, ArchiveEntry } from './archive.ts';
import { isClutter, safePath } from './paths.ts';

/** Two million rows of a path, a label and a split. */
const MANIFEST_BYTES = 256 * 1024 * 1024;

export interface Survey {
  /** The files that count: safe path -> path as the archive has it. */
  files: ReadonlyMap<string, string>;
  /** CSV files with their bytes, when asked for. */
  tables: readonly { path: string; bytes: Buffer }[];
}

/**
 * The first walk through an archive: what is in it, before any image is decoded. Unsafe paths, links and files that are
 * there twice go to `problems`.
 */
export async function surveyArchive(
  archive: Archive,
  fileName: string,
  problems: ProblemList,
  options: { withTables: boolean },
): Promise<Survey> {
  const files = new Map<string, string>();
  const tables: { path: string; bytes: Buffer }[] = [];
  let entries = 0;
  for await (const entry of archive.entries()) {
    // Clutter counts too: an archive can hold more empty files than anyone can list.
    if (++entries > IMPORT_LIMITS.samples * 2) throw new InvalidInput(tooManyFiles(fileName));
    const path = acceptPath(entry, problems);
    if (path === undefined || isClutter(path)) continue;
    if (files.has(path)) problems.add(duplicate(path));
    files.set(path, entry.path);
    if (options.withTables && /\.csv$/i.test(path)) tables.push({ path, bytes: await readTableBytes(entry, path) });
  }
  if (files.size === 0 && problems.count === 0) throw new InvalidInput(noFiles(fileName));
  if (files.size > IMPORT_LIMITS.samples) throw new InvalidInput(tooManyFiles(fileName));
  return { files, tables };
}

function acceptPath(entry: ArchiveEntry, problems: ProblemList): string | undefined {
  const path = safePath(entry.path);
  if (path === undefined) {
    problems.add(
      problem('UNSAFE_PATH', 'The path is absolute, leads out of the archive or has control characters in it.', {
        place: JSON.stringify(entry.path),
        mend: 'Pack the folder itself, with paths below it.',
      }),
    );
    return undefined;
  }
  if (entry.kind === 'file') return path;
  problems.add(
    problem('UNSAFE_PATH', entry.kind === 'link' ? 'This is a link.' : 'This is a device or pipe, not a file.', {
      place: path,
      mend: 'Pack the files themselves (`tar --dereference --hard-dereference`).',
    }),
  );
  return undefined;
}

async function readTableBytes(entry: ArchiveEntry, path: string): Promise<Buffer> {
  const bytes = await entry.read(MANIFEST_BYTES);
  if (bytes) return bytes;
  throw new InvalidInput(problem('TOO_LARGE', `The CSV has more than ${MANIFEST_BYTES} bytes.`, { place: path }));
}

function duplicate(path: string) {
  return problem('DUPLICATE_FILE', 'The archive has this file more than once.', {
    place: path,
    mend: 'Pack it anew: appending to an archive keeps the old file too.',
  });
}

function noFiles(fileName: string) {
  return problem('EMPTY_SOURCE', 'There are no files in the archive.', { place: fileName });
}

function tooManyFiles(fileName: string) {
  return problem('TOO_LARGE', `The archive has more than ${IMPORT_LIMITS.samples} files.`, {
    place: fileName,
    mend: 'Split it into several datasets.',
  });
}
