import path from 'node:path';
import { InvalidInput, problem, splitFromName, type Problem, type Split } from '@samplewise/domain';
import { safePath } from '../archive/paths.ts';
import type { Survey } from '../archive/survey.ts';
import { readTable, type TableRow } from '../csv/read-table.ts';
import type { ProblemList } from '../problem-list.ts';
import type { PlannedSample } from './plan.ts';

type Column = 'file' | 'label' | 'split';
const COLUMNS = { required: ['file', 'label'] as const, optional: ['split'] as const };

/** What decoding makes of bytes that are no UTF-8. */
const NOT_UTF8 = '\ufffd';

/**
 * Reads splits and labels from the archive's one CSV, in its order. Files are named relative to the CSV, or from the
 * archive's top. Without a split a sample is for testing. Images that it does not name are left out.
 */
export async function planManifest(survey: Survey, fileName: string, problems: ProblemList): Promise<PlannedSample[]> {
  const [table, ...others] = survey.tables;
  if (!table || others.length > 0) throw new InvalidInput(notOneTable(fileName, survey.tables.length));
  const samples: PlannedSample[] = [];
  const firstRow = new Map<string, string>();
  for await (const row of readTable<Column>(once(table.bytes), table.path, COLUMNS, problems)) {
    const sample = readRow(row, table.path, survey, problems);
    if (!sample) continue;
    const before = firstRow.get(sample.path);
    if (before === undefined) samples.push(sample);
    else problems.add(namedTwice(row, table.path, before));
    firstRow.set(sample.path, row.place);
  }
  if (samples.length === 0 && problems.count === 0) throw new InvalidInput(noRows(table.path));
  return samples;
}

function readRow(
  row: TableRow<Column>,
  table: string,
  survey: Survey,
  problems: ProblemList,
): PlannedSample | undefined {
  const { file = '', label = '', split } = row.fields;
  const place = `${table}, ${row.place}`;
  const found = findFile(file, table, survey, `${place}, column file`);
  const known = readSplit(split, `${place}, column split`);
  if (typeof found === 'object') problems.add(found);
  if (typeof known === 'object') problems.add(known);
  const unreadable = label === '' || label.includes(NOT_UTF8);
  if (unreadable) problems.add(unreadableLabel(label, `${place}, column label`));
  if (typeof found === 'object' || typeof known === 'object' || unreadable) return undefined;
  return { path: found, split: known, label: label.normalize('NFC') };
}

function findFile(file: string, table: string, survey: Survey, place: string): string | Problem {
  const fromTop = safePath(file);
  // `..` is in order as long as it stays inside the archive.
  const fromTable = safePath(path.posix.join(path.posix.dirname(table), file.replaceAll('\\', '/')));
  if (file === '' || file.startsWith('/') || (fromTop === undefined && fromTable === undefined)) {
    return problem('UNSAFE_PATH', 'The file is empty, absolute or outside of the archive.', {
      place,
      value: file,
      mend: 'Name it relative to the CSV.',
    });
  }
  const found = [fromTable, fromTop].find((candidate) => candidate !== undefined && survey.files.has(candidate));
  return (
    found ??
    problem('MISSING_FILE', 'The file is not in the archive.', {
      place,
      value: file,
      mend: 'Name it relative to the CSV; upper and lower case count.',
    })
  );
}

function readSplit(name: string | undefined, place: string): Split | Problem {
  if (name === undefined || name === '') return 'TEST';
  return (
    splitFromName(name) ??
    problem('UNKNOWN_SPLIT', 'This is no name of a split.', {
      place,
      value: name,
      mend: 'It is train, validation or test.',
    })
  );
}

function unreadableLabel(value: string, place: string): Problem {
  if (value === '') return problem('UNKNOWN_LABEL', 'The label is empty.', { place });
  return problem('UNKNOWN_LABEL', 'The label is not in UTF-8.', { place, value, mend: 'Save the CSV as UTF-8.' });
}

function namedTwice(row: TableRow<Column>, table: string, before: string): Problem {
  return problem('DUPLICATE_FILE', `The file is also in ${before}.`, {
    place: `${table}, ${row.place}, column file`,
    value: row.fields.file,
    mend: 'Name each file once.',
  });
}

function notOneTable(fileName: string, count: number): Problem {
  return problem('UNSUPPORTED_SOURCE', `The archive has ${count === 0 ? 'no CSV' : `${count} CSV files`}, not one.`, {
    place: fileName,
    mend: 'Put one CSV of file,label[,split] beside the images, or import it as a folder of images by class.',
  });
}

function noRows(table: string): Problem {
  return problem('EMPTY_SOURCE', 'There is a header and no row.', { place: table });
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  await Promise.resolve();
  yield bytes;
}
