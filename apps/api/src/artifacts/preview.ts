import type { Storage } from '@samplewise/storage';
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { imageDimensionsFromData } from 'image-dimensions';
import type { Readable } from 'node:stream';

export interface PreviewedFile {
  path: string;
  digest: string;
  size: bigint;
  mediaType: string;
}

export type ArtifactPreview =
  | { kind: 'text'; text: string; complete: boolean }
  | { kind: 'json'; text: string; complete: boolean }
  | { kind: 'table'; columns: string[]; rows: string[][]; complete: boolean }
  | { kind: 'image'; digest: string; width: number; height: number }
  | { kind: 'binary'; format: string | null; hex: string };

const TEXT_BYTES = 64 * 1024;
const TEXT_LINES = 1000;
/** A JSON can be set in order only as a whole. */
const JSON_BYTES = 1024 * 1024;
const TABLE_ROWS = 50;
const TABLE_COLUMNS = 100;
const CELL_CHARACTERS = 500;
const HEX_BYTES = 256;

/** Of files that nobody reads as a text. */
const FORMATS: Readonly<Record<string, string>> = {
  onnx: 'ONNX model',
  safetensors: 'Safetensors',
  parquet: 'Parquet table',
  npy: 'NumPy array',
  npz: 'NumPy arrays',
  zip: 'Zip archive',
  gz: 'Gzip archive',
  tar: 'Tar archive',
  pdf: 'PDF document',
};

/**
 * What a page shows of a file, from its first bytes. Pictures are not decoded: their size stands in their head.
 * @returns undefined when the bytes are lost
 */
export async function previewOf(storage: Storage, file: PreviewedFile): Promise<ArtifactPreview | undefined> {
  if ((await storage.size(file.digest)) === undefined) return undefined;
  const extension = /\.([^./]+)$/.exec(file.path.toLowerCase())?.[1] ?? '';
  const isJson = extension === 'json' || file.mediaType === 'application/json';
  const limit = isJson && file.size <= JSON_BYTES ? JSON_BYTES : TEXT_BYTES;
  const head = file.size === 0n ? Buffer.alloc(0) : await readHead(storage.readStream(file.digest, { start: 0, end: limit - 1 })); // prettier-ignore
  const whole = BigInt(head.length) === file.size;
  const binary = {
    kind: 'binary',
    format: FORMATS[extension] ?? null,
    hex: head.toString('hex', 0, HEX_BYTES),
  } as const;
  if (binary.format) return binary;
  const size = file.mediaType.startsWith('image/') ? imageDimensionsFromData(new Uint8Array(head)) : undefined;
  if (size) return { kind: 'image', digest: file.digest, ...size };
  const text = textOf(head);
  if (text === undefined) return binary;
  if (isJson && whole) return jsonPreview(text) ?? textPreview(text, whole);
  const delimiter = DELIMITERS[extension];
  if (delimiter !== undefined) return tablePreview(text, delimiter, whole) ?? textPreview(text, whole);
  return textPreview(text, whole);
}

async function readHead(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** @returns undefined when it is no UTF-8, or has a NUL, as no text has */
function textOf(bytes: Buffer): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    // `stream`: the head may end within a character.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

function textPreview(text: string, whole: boolean): ArtifactPreview {
  const lines = text.split('\n', TEXT_LINES + 1);
  const shown = lines.slice(0, TEXT_LINES).join('\n').slice(0, TEXT_BYTES);
  return { kind: 'text', text: shown, complete: whole && shown.length === text.length };
}

function jsonPreview(text: string): ArtifactPreview | undefined {
  try {
    const { text: shown, ...more } = textPreview(JSON.stringify(JSON.parse(text), null, 2), true) as { text: string; complete: boolean }; // prettier-ignore
    return { ...more, kind: 'json', text: shown };
  } catch {
    return undefined;
  }
}

const DELIMITERS: Readonly<Record<string, string>> = { csv: ',', tsv: '\t' };

/** @returns undefined when it is no table */
function tablePreview(text: string, delimiter: string, whole: boolean): ArtifactPreview | undefined {
  // The last line of a head may be half a line.
  const body = whole ? text : text.slice(0, text.lastIndexOf('\n') + 1);
  try {
    const rows = parse(body, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: TABLE_ROWS + 2,
    });
    const [columns = [], ...more] = rows.map((row) =>
      row.slice(0, TABLE_COLUMNS).map((cell) => cell.slice(0, CELL_CHARACTERS)),
    );
    const complete = whole && more.length <= TABLE_ROWS;
    return { kind: 'table', columns, rows: more.slice(0, TABLE_ROWS), complete };
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}
