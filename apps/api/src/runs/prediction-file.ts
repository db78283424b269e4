import { InvalidInput, problem, type Problem } from '@samplewise/domain';
import { CsvError, parse } from 'csv-parse';
import { pipeline, type Readable, type Transform } from 'node:stream';
import split from 'split2';
import { z } from 'zod';
import { parquetRows } from './parquet/read-parquet.ts';
import type { PredictionInput } from './prediction-columns.ts';
import type { SampleSet } from './sample-sets.ts';

export type PredictionFormat = 'csv' | 'ndjson' | 'parquet';

/** Problems that one report lists. */
export const REPORT_LIMIT = 1000;
/** Scores of one file in memory: 400 MB. */
const SCORE_LIMIT = 100_000_000;
const LARGEST_LINE = 1024 * 1024;
const SCORE_COLUMN = 'score:';

const probability = z.number('must be a number');
const row = z.strictObject({
  sampleIndex: z.number('must be a number').int('must be a whole number'),
  /** A class; none where there is no prediction. */
  predicted: z.string().nullish(),
  /** By class; one that is left out has the score 0. */
  scores: z.record(z.string(), probability).optional(),
  confidence: probability.optional(),
  latencyMicros: z.number().int().min(0).max(2_147_483_647).optional(),
  // An export has them; they are the sample's, or follow.
  split: z.unknown().optional(),
  source: z.unknown().optional(),
  truth: z.unknown().optional(),
  status: z.unknown().optional(),
});
type Row = z.infer<typeof row>;

/**
 * Reads predictions row by row, until there are as many as samples.
 * @param strict refuse columns that are not known, and rows without a prediction that do not say so
 * @throws InvalidInput naming rows and fields, at most 1,000 problems
 */
export async function readPredictionFile(
  source: Readable,
  format: PredictionFormat,
  set: SampleSet,
  { strict = false } = {},
): Promise<PredictionInput> {
  const columns = new Columns(set, strict);
  const problems: Problem[] = [];
  let number = 0;
  for await (const raw of rowsOf(source, format, set, strict)) {
    number++;
    const parsed = raw instanceof Error ? undefined : row.safeParse(raw);
    if (!parsed?.success) {
      const issue = parsed?.error.issues[0];
      const field = issue && issue.path.length > 0 ? `, ${issue.path.join('.')}` : '';
      problems.push(wrong(`row ${number}${field}`, issue?.message ?? (raw as Error).message));
    } else problems.push(...columns.add(parsed.data, number));
    if (problems.length >= REPORT_LIMIT || number > columns.limit + REPORT_LIMIT) break;
  }
  const [first, ...more] = problems;
  if (first) throw new InvalidInput(first, ...more);
  return columns.take();
}

function rowsOf(source: Readable, format: PredictionFormat, set: SampleSet, strict: boolean): AsyncGenerator {
  if (format === 'parquet') return parquetRows(source, set);
  return format === 'csv' ? csvRows(source, strict ? set.labels : undefined) : jsonRows(source);
}

/** `input.scores.16` is `row 17, scores`. */
export function byRows({ problems: [first, ...more] }: InvalidInput): InvalidInput {
  const inRow = (told: Problem): Problem => {
    const match = /^input\.(\w+)\.(\d+)$/.exec(told.place ?? '');
    return match ? { ...told, place: `row ${Number(match[2]) + 1}, ${match[1]!}` } : told;
  };
  return new InvalidInput(inRow(first), ...more.map(inRow));
}

const wrong = (place: string, message: string, value?: unknown, mend?: string): Problem =>
  problem('INVALID_VALUE', message, { place, ...(value !== undefined && { value }), ...(mend && { mend }) });

/** Rows gathered in typed arrays. Each sample comes once, so that there are no more rows than samples. */
class Columns {
  readonly #labels: ReadonlyMap<string, number>;
  readonly #strict: boolean;
  /** Samples that can have a prediction. */
  readonly limit: number;
  readonly #sampleIndex: number[] = [];
  readonly #predicted: number[] = [];
  readonly #confidence: number[] = [];
  readonly #latencyMicros: number[] = [];
  #scores: Float32Array | undefined;
  #given = 0;

  constructor({ labels, members }: SampleSet, strict: boolean) {
    this.#labels = new Map(labels.map((label, i) => [label, i]));
    this.#strict = strict;
    this.limit = members.reduce((sum, member) => sum + member, 0);
  }

  /** @returns what is wrong with it */
  add({ sampleIndex, predicted, scores, confidence, latencyMicros }: Row, number: number): Problem[] {
    const at = this.#sampleIndex.length;
    const place = `row ${number}`;
    if (at === this.limit) {
      if (number > this.limit + 1) return [];
      return [wrong(place, `There are ${this.limit} samples to predict, and here is one more.`)];
    }
    if (this.#strict && predicted === undefined && !scores) {
      const mend = 'Say that there is none: predicted is null, or an empty field.';
      return [wrong(place, 'There is neither a predicted class nor scores.', undefined, mend)];
    }
    const problems: Problem[] = [];
    const position = (label: string, field: string): number => {
      const known = this.#labels.get(label);
      if (known === undefined) {
        problems.push(
          problem('UNKNOWN_LABEL', 'The dataset version has no such class.', {
            place: `${place}, ${field}`,
            value: label,
          }),
        );
      }
      return known ?? -1;
    };
    const label = predicted == null ? -1 : position(predicted, 'predicted');
    if (at === 0 && scores) this.#reserve();
    if ((scores === undefined) !== (this.#scores === undefined)) {
      return [wrong(place, 'Either all rows have scores or none.')];
    }
    let highest = -1;
    for (const [name, score] of Object.entries(scores ?? {})) {
      const c = position(name, `scores.${name}`);
      if (c < 0) continue;
      const offset = at * this.#labels.size;
      this.#scores![offset + c] = score;
      if (highest < 0 || score > this.#scores![offset + highest]!) highest = c;
    }
    // `predicted: null` means none; left out, it follows from the scores.
    const answer = predicted === undefined ? highest : label;
    this.#sampleIndex.push(sampleIndex);
    this.#predicted.push(answer);
    this.#confidence.push(confidence ?? NaN);
    this.#latencyMicros.push(latencyMicros ?? -1);
    if (confidence !== undefined || latencyMicros !== undefined) this.#given++;
    return problems;
  }

  #reserve(): void {
    const size = this.limit * this.#labels.size;
    if (size > SCORE_LIMIT) {
      throw new InvalidInput(
        problem('TOO_LARGE', `The file would have ${size} scores.`, {
          place: 'scores',
          value: size,
          mend: `Log them in several batches of at most ${SCORE_LIMIT}.`,
        }),
      );
    }
    this.#scores = new Float32Array(size);
  }

  take(): PredictionInput {
    const rows = this.#sampleIndex.length;
    return {
      sampleIndex: Int32Array.from(this.#sampleIndex),
      predicted: Int32Array.from(this.#predicted),
      scores: this.#scores?.subarray(0, rows * this.#labels.size),
      ...(this.#given > 0 && {
        confidence: Float32Array.from(this.#confidence),
        latencyMicros: Int32Array.from(this.#latencyMicros),
      }),
    };
  }
}

/** Its failure, also one of before, is met by whoever reads from the target. */
function feed(source: Readable, target: Transform): void {
  pipeline(source, target, () => undefined);
}

/** Of a CSV; the second ones are an export's, and left alone. */
const PLAIN = ['sample_index', 'predicted', 'confidence', 'latency_micros'];
const OF_EXPORT = ['split', 'source', 'truth', 'status'];

/** @throws InvalidInput for a header without what predictions need; with classes, also for what is not known */
function checkHeader(header: readonly string[], classes: readonly string[] | undefined): void {
  const scores = header.filter((name) => name.startsWith(SCORE_COLUMN)).map((name) => name.slice(SCORE_COLUMN.length));
  const known = [...PLAIN, ...OF_EXPORT];
  const columns = `It has ${PLAIN.join(', ')} and ${SCORE_COLUMN}<class>.`;
  const lacking = (name: string, message: string) =>
    problem('MISSING_COLUMN', message, { place: 'row 0', value: name, mend: columns });
  const [first, ...more] = [
    ...(header.includes('sample_index') ? [] : [lacking('sample_index', 'The file has no column sample_index.')]),
    ...(header.includes('predicted') || scores.length > 0
      ? []
      : [lacking('predicted', 'The file has neither a column predicted nor scores.')]),
    ...(classes ? header.filter((name) => !known.includes(name) && !name.startsWith(SCORE_COLUMN)) : []).map((name) =>
      wrong('row 0', 'There is no such column.', name, columns),
    ),
    ...(classes ? scores.filter((name) => !classes.includes(name)) : []).map((name) =>
      problem('UNKNOWN_LABEL', 'The dataset version has no such class.', { place: 'row 0', value: name }),
    ),
  ];
  if (first) throw new InvalidInput(first, ...more);
}

/**
 * Rows of a CSV with the columns sample_index, predicted, confidence, latency_micros and `score:<class>`.
 * @param classes with them, the header must hold nothing else
 */
async function* csvRows(source: Readable, classes: readonly string[] | undefined): AsyncGenerator {
  const columns = (header: string[]): string[] => {
    checkHeader(header, classes);
    return header;
  };
  const parser = parse({ bom: true, columns, skip_empty_lines: true, trim: true, max_record_size: LARGEST_LINE });
  feed(source, parser);
  try {
    for await (const fields of parser as AsyncIterable<Record<string, string>>) {
      const scores = Object.entries(fields).flatMap(([name, text]) =>
        name.startsWith(SCORE_COLUMN) ? [[name.slice(SCORE_COLUMN.length), number(text)] as const] : [],
      );
      const { sample_index: sampleIndex, predicted, confidence, latency_micros: latency } = fields;
      yield {
        sampleIndex: number(sampleIndex),
        ...(predicted !== undefined && { predicted: predicted === '' ? null : predicted }),
        ...(scores.length > 0 && { scores: Object.fromEntries(scores) }),
        ...(confidence && { confidence: number(confidence) }),
        ...(latency && { latencyMicros: number(latency) }),
      };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield new Error(error.message);
  }
}

/** What is no number is left as it is, so that the report shows it. */
function number(text: string | undefined): unknown {
  return text === undefined || text === '' || Number.isNaN(Number(text)) ? text : Number(text);
}

async function* jsonRows(source: Readable): AsyncGenerator {
  const lines = split({ maxLength: LARGEST_LINE });
  feed(source, lines);
  try {
    for await (const line of lines as AsyncIterable<string>) if (line.trim() !== '') yield parsed(line);
  } catch (error) {
    if ((error as Error).message !== 'maximum buffer reached') throw error;
    yield new Error(`The line has more than ${LARGEST_LINE} characters.`);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    return error instanceof Error ? new Error(`This is not JSON: ${error.message}`) : error;
  }
}
