import { z } from 'zod';

/** What a run may log. A line is about as long as a terminal's ever is; ten million lines take a gigabyte. */
export const LOG_LIMITS = {
  /** UTF-8 bytes of one line. */
  lineBytes: 16 * 1024,
  /** Lines of one batch. */
  batchLines: 10_000,
  /** Lines of one run. */
  runLines: 10_000_000,
  /** UTF-8 bytes of all lines of one run. */
  runBytes: 1024 * 1024 * 1024,
} as const;

export const LOG_STREAMS = ['STDOUT', 'STDERR', 'SYSTEM'] as const;
/** By severity. */
export const LOG_LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const;

/** One line as it was printed: escape sequences and other control characters are part of it. */
export const logText = z
  .string()
  .refine((text) => !text.includes('\0'), 'must not contain a NUL character')
  .refine((text) => !text.includes('\n'), 'must be one line; send each line by itself')
  .refine(
    (text) => Buffer.byteLength(text) <= LOG_LIMITS.lineBytes,
    `must have at most ${LOG_LIMITS.lineBytes} bytes as UTF-8`,
  );

/** Clocks differ; a time further ahead is a mistake of units. */
const AHEAD_MILLISECONDS = 24 * 3600 * 1000;

export const logLine = z.strictObject({
  time: z
    .date()
    .refine(
      (time) => time.getTime() >= 0 && time.getTime() <= Date.now() + AHEAD_MILLISECONDS,
      'must be between 1970 and now',
    )
    .optional(),
  stream: z.enum(LOG_STREAMS).default('STDOUT'),
  level: z.enum(LOG_LEVELS).optional(),
  text: logText,
});
export type LogLineInput = z.infer<typeof logLine>;

export const logBatch = z
  .array(logLine)
  .min(1, 'must not be empty')
  .max(LOG_LIMITS.batchLines, `can be at most ${LOG_LIMITS.batchLines}`);
