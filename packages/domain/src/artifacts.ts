import { z } from 'zod';
import { digest, displayName } from './names.ts';
import { holdsNul } from './nul.ts';

export const ARTIFACT_LIMITS = {
  /** UTF-8 bytes of a path, and of each of its parts, which is what file systems take. */
  pathBytes: 1000,
  partBytes: 255,
  /** Folders inside each other. */
  depth: 32,
  /** Files of one batch. */
  batch: 1000,
  /** Files of one run, without older versions. */
  files: 100_000,
  /** Characters of the metadata of one file, as JSON. */
  metadata: 20_000,
} as const;

/** Control characters, and those that make a name look like another one by turning the direction of writing. */
// eslint-disable-next-line no-control-regex -- that is what it is about
const HOSTILE = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/**
 * A path below a run, such as `checkpoints/epoch-3/model.onnx`, in composed Unicode (NFC), so that one name is one
 * path. It is refused, never mended, where it could lead elsewhere.
 */
export const artifactPath = z
  .string()
  .transform((path) => path.normalize('NFC'))
  .pipe(
    z
      .string()
      .min(1, 'must not be empty')
      .refine((path) => Buffer.byteLength(path) <= ARTIFACT_LIMITS.pathBytes, 'must have at most 1,000 bytes')
      .refine((path) => !HOSTILE.test(path) && path.isWellFormed(), 'must not contain control characters')
      .refine((path) => !path.includes('\\'), 'must have / between its parts, not \\')
      .refine((path) => !path.startsWith('/') && !/^[A-Za-z]:/.test(path), 'must not be absolute')
      .refine(
        (path) => path.split('/').every((part) => part !== '' && part !== '.' && part !== '..'),
        'must not have empty parts, . or ..',
      )
      .refine(
        (path) => path.split('/').every((part) => Buffer.byteLength(part) <= ARTIFACT_LIMITS.partBytes),
        'must have parts of at most 255 bytes',
      )
      .refine((path) => path.split('/').length <= ARTIFACT_LIMITS.depth, 'must have at most 32 parts'),
  );

/** `a/b/c` -> `a`, `a/b` */
export function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('/'));
}

export const newArtifact = z.strictObject({
  path: artifactPath,
  digest,
  mediaType: z
    .string()
    .max(120, 'must have at most 120 characters')
    .regex(/^[\w.+-]+\/[\w.+-]+$/, 'must be like text/csv')
    .transform((type) => type.toLowerCase())
    .optional(),
  name: displayName.optional(),
  /** What it is to people, such as `model` or `dataset`. */
  type: displayName.optional(),
  metadata: z
    .record(z.string(), z.json())
    .refine((m) => JSON.stringify(m).length <= ARTIFACT_LIMITS.metadata, 'must have at most 20,000 characters as JSON')
    .refine((m) => !holdsNul(m), 'must not contain a NUL character')
    .optional(),
});
export type NewArtifact = z.infer<typeof newArtifact>;

export const artifactBatch = z
  .array(newArtifact)
  .min(1, 'must not be empty')
  .max(ARTIFACT_LIMITS.batch, 'can be at most 1,000');
