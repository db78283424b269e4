import type { TransformersRuntime } from '@samplewise/domain';
import { cp, link, mkdir, mkdtemp, rm } from 'node:fs/promises';
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

/**
 * A hard link; a copy on another file system. Not a symbolic link: onnxruntime follows it, and looks for the weights
 * beside the blob.
 */
async function show(blob: string, target: string): Promise<void> {
  try {
    await link(blob, target);
  } catch (error) {
    if (!LINKLESS.includes((error as NodeJS.ErrnoException).code)) throw error;
    await cp(blob, target);
  }
}

const LINKLESS: (string | undefined)[] = ['EXDEV', 'EPERM', 'ENOTSUP', 'EMLINK'];
