import type { TransformersRuntime } from '@samplewise/domain';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/**
 * Shows the blobs of a model under the names by which its parts look for each other, in a folder of its own.
 * @param use ends with everything read; the folder is gone afterwards
 */
export async function withModelFolder<T>(
  { files }: TransformersRuntime,
  fileOf: (digest: string) => string,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-model-'));
  try {
    for (const file of files) {
      const target = path.join(folder, file.path);
      await mkdir(path.dirname(target), { recursive: true });
      await show(fileOf(file.digest), target);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A symbolic link; a copy where the system does not let everybody make one. */
async function show(blob: string, target: string): Promise<void> {
  try {
    await symlink(blob, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
    await cp(blob, target);
  }
}
