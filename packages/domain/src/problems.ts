/**
 * One thing that is wrong with what somebody gave us: what, where, which value, and how to mend it.
 * The same shape travels from a CSV row or an ONNX file through the database to the API, the command line and the page.
 */
export interface Problem {
  /** Stable, documented in docs/errors.md. */
  code: ProblemCode;
  /** A whole sentence for people. */
  message: string;
  /** Field path, `row 12, column pixels`, or file name inside an archive. */
  place: string | null;
  /** The offending value, shortened for display. */
  value: string | null;
  /** What to do about it. */
  mend: string | null;
}

export const PROBLEM_CODES = [
  'INVALID_VALUE',
  'NOT_FOUND',
  'CONFLICT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'LABELS_HIDDEN',
  'QUOTA_EXCEEDED',
  'MISSING_COLUMN',
  'SHORT_ROW',
  'LONG_ROW',
  'MALFORMED_CSV',
  'PIXEL_COUNT',
  'PIXEL_RANGE',
  'UNKNOWN_LABEL',
  'UNKNOWN_SPLIT',
  'EMPTY_SOURCE',
  'UNSUPPORTED_SOURCE',
  'MALFORMED_ARCHIVE',
  'UNSAFE_PATH',
  'TOO_LARGE',
  'MISSING_FILE',
  'DUPLICATE_FILE',
  'UNSUPPORTED_IMAGE',
  'MALFORMED_IMAGE',
  'IMAGE_TOO_LARGE',
  'MODEL_MALFORMED',
  'MODEL_INPUT_MISMATCH',
  'MODEL_OUTPUT_MISMATCH',
  'MODEL_CRASHED',
  'MODEL_TIMEOUT',
  'MODEL_OUT_OF_MEMORY',
  'LABEL_MISMATCH',
  'BLOB_MISSING',
  'ENDPOINT_REFUSED',
  'ENDPOINT_FAILED',
  'BUDGET_USED_UP',
  'CLIENT_FAILED',
  'TOO_SLOW',
  'INTERNAL',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

const VALUE_LIMIT = 120;

/** Builds a Problem; a value of any type is shortened to something that can be shown. */
export function problem(
  code: ProblemCode,
  message: string,
  detail: { place?: string; value?: unknown; mend?: string } = {},
): Problem {
  return {
    code,
    message,
    place: detail.place ?? null,
    value: detail.value === undefined ? null : shorten(detail.value),
    mend: detail.mend ?? null,
  };
}

/** Input that can't be accepted. Nothing has been written when it is thrown. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
  readonly problems: readonly [Problem, ...Problem[]];

  constructor(first: Problem, ...more: Problem[]) {
    super(describeProblem(first) + (more.length > 0 ? ` (and ${more.length} more)` : ''));
    this.problems = [first, ...more];
  }
}

/** One line for terminals and logs. */
export function describeProblem(p: Problem): string {
  const place = p.place === null ? '' : `${p.place}: `;
  const mend = p.mend === null ? '' : ` ${p.mend}`;
  return `${place}${p.message}${mend}`;
}

function shorten(value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'bigint' ? String(value) : json(value);
  return text.length > VALUE_LIMIT ? `${text.slice(0, VALUE_LIMIT - 1)}…` : text;
}

/** As JSON, in which a bigint is a text; what has no JSON, such as a symbol, by its name. */
function json(value: unknown): string {
  const plain = (_key: string, part: unknown): unknown => (typeof part === 'bigint' ? String(part) : part);
  // Its type does not say that there may be none.
  const text = JSON.stringify(value, plain) as unknown;
  return typeof text === 'string' ? text : String(value);
}
