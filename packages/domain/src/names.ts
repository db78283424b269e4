import { z } from 'zod';

/** Text that Postgres can hold and a page can show: no NUL, no surrounding blanks, not empty. */
export const displayName = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(120, 'must have at most 120 characters')
  .refine((s) => !s.includes('\0'), 'must not contain a NUL character');

/** Longer prose, such as a description; may be empty. */
export const prose = z
  .string()
  .max(20_000, 'must have at most 20,000 characters')
  .refine((s) => !s.includes('\0'), 'must not contain a NUL character');

/** The name of a param, tag or metric, such as `optimizer.lr` or `loss/train`. */
export const runKey = z
  .string()
  .min(1, 'must not be empty')
  .max(250, 'must have at most 250 characters')
  .regex(/^\S(?:.*\S)?$/u, 'must not begin or end with blanks')
  // eslint-disable-next-line no-control-regex -- that is what it is about
  .regex(/^[^\u0000-\u001f\u007f]*$/u, 'must not contain control characters');

export const slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, 'must be lower-case letters, digits and hyphens, at most 64');

export const digest = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in 64 lower-case hexadecimal digits');

/** Class labels in the order of a model's outputs or of a dataset version's label indices. */
export const labels = z
  .array(displayName)
  .min(2, 'needs at least two labels')
  .max(10_000, 'can have at most 10,000 labels')
  .refine((l) => new Set(l).size === l.length, 'must not name a label twice');

/** "Synthetic faces (v2)" -> "synthetic-faces-v2". Falls back to `unnamed` when no letter or digit is left. */
export function slugify(name: string): string {
  const text = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replace(/^-+|-+$/g, '');
  return text === '' ? 'unnamed' : text;
}
