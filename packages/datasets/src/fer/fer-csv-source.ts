import {
  FER_LABELS,
  IMPORT_LIMITS,
  InvalidInput,
  problem,
  splitFromName,
  SPLITS,
  type Problem,
} from '@samplewise/domain';
import { countLines } from '../csv/count-lines.ts';
import { readTable, type TableRow } from '../csv/read-table.ts';
import { readText } from '../csv/read-text.ts';
import { factsOf } from '../images/facts.ts';
import type { ProblemList } from '../problem-list.ts';
import type { Source, SourceSample } from '../source.ts';
import { FER_SIDE, parsePixels } from './pixels.ts';
import { encodeGreyPng } from './png.ts';

type Column = 'emotion' | 'pixels' | 'usage';
/** `Usage` is required too: without it the training images would silently be taken for test images. */
const COLUMNS = { required: ['emotion', 'pixels', 'usage'] as const };

/** FER-2013 as published: fer2013.csv or icml_face_data.csv, plain or gzipped. */
export async function openFerCsv(file: string, fileName: string, problems: ProblemList): Promise<Source> {
  const lines = await countLines(readText(file, fileName));
  const total = Math.max(0, lines - 1); // one is the header
  if (total > IMPORT_LIMITS.samples) throw new InvalidInput(tooManyRows(fileName, total));
  return { labels: FER_LABELS, total, samples: () => readSamples(file, fileName, problems) };
}

async function* readSamples(file: string, fileName: string, problems: ProblemList): AsyncGenerator<SourceSample> {
  let index = 0;
  let rows = 0;
  for await (const row of readTable<Column>(readText(file, fileName), fileName, COLUMNS, problems)) {
    rows++;
    const sample = readSample(row, index, problems);
    if (sample === undefined) continue;
    index++;
    yield sample;
  }
  if (rows === 0 && problems.count === 0) throw new InvalidInput(noRows(fileName));
}

function readSample(row: TableRow<Column>, index: number, problems: ProblemList): SourceSample | undefined {
  const { emotion = '', pixels: text = '', usage = '' } = row.fields;
  const label = /^[0-6]$/.test(emotion) ? Number(emotion) : undefined;
  const split = splitFromName(usage);
  const pixels = parsePixels(text, `${row.place}, column pixels`);
  if (label === undefined) problems.add(unknownEmotion(emotion, row.place));
  if (split === undefined) problems.add(unknownUsage(usage, row.place));
  if (!(pixels instanceof Uint8Array)) problems.add(pixels);
  if (label === undefined || split === undefined || !(pixels instanceof Uint8Array)) return undefined;
  return {
    index,
    split,
    label,
    source: `row ${row.number}`,
    image: () =>
      Promise.resolve({
        bytes: encodeGreyPng(pixels, FER_SIDE, FER_SIDE),
        mediaType: 'image/png',
        facts: factsOf({ data: pixels, width: FER_SIDE, height: FER_SIDE }),
      }),
  };
}

function unknownEmotion(value: string, place: string): Problem {
  return problem('UNKNOWN_LABEL', 'The emotion is not one of the seven of FER-2013.', {
    place: `${place}, column emotion`,
    value,
    mend: `It is a number: ${FER_LABELS.map((label, i) => `${i} ${label}`).join(', ')}.`,
  });
}

function unknownUsage(value: string, place: string): Problem {
  return problem('UNKNOWN_SPLIT', `The usage is none that stands for ${SPLITS.join(', ')}.`, {
    place: `${place}, column Usage`,
    value,
    mend: 'It is Training, PublicTest or PrivateTest.',
  });
}

function noRows(fileName: string): Problem {
  return problem('EMPTY_SOURCE', 'There is a header and no row.', {
    place: fileName,
    mend: 'Upload a file with rows.',
  });
}

function tooManyRows(fileName: string, rows: number): Problem {
  return problem('TOO_LARGE', `There are ${rows} rows, more than ${IMPORT_LIMITS.samples}.`, {
    place: fileName,
    mend: 'Split it into several datasets.',
  });
}
