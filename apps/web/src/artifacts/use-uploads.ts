'use client';

import { useRef, useState } from 'react';
import { perform } from '@/design/perform';
import { tellDone } from '@/design/tell';
import { count } from '@/design/format';
import { LogArtifacts } from './documents';
import type { NewFile } from './dropped-files';
import { uploadFile } from './upload';

export interface FileUpload {
  path: string;
  /** Done, 0 to 1. */
  share: number;
  error?: string;
}

interface Uploads {
  /** Those that go on, and those that have failed. */
  uploads: readonly FileUpload[];
  start: (files: readonly NewFile[], folder: string) => Promise<void>;
  /** Ends all that go on; nothing of them is kept. */
  stop: () => void;
  /** Forgets those that have failed. */
  clear: () => void;
}

/** Files that one mutation logs. */
const BATCH = 500;

/** Uploads of files that then become artifacts of the run, one after another. @param done when some have become so */
export function useUploads(runId: string, done: () => void): Uploads {
  const [uploads, setUploads] = useState<readonly FileUpload[]>([]);
  const controller = useRef<AbortController>(undefined);

  const change = (path: string, next: Partial<FileUpload>): void =>
    setUploads((before) => before.map((upload) => (upload.path === path ? { ...upload, ...next } : upload)));

  const start: Uploads['start'] = async (files, folder) => {
    controller.current ??= new AbortController();
    const { signal } = controller.current;
    const placed = files.map(({ path, file }) => ({ path: folder === '' ? path : `${folder}/${path}`, file }));
    const paths = new Set(placed.map(({ path }) => path));
    setUploads((before) => [
      ...before.filter(({ path }) => !paths.has(path)),
      ...placed.map(({ path }) => ({ path, share: 0 })),
    ]);
    const uploaded: { path: string; digest: string }[] = [];
    for (const { path, file } of placed) {
      try {
        uploaded.push({ path, digest: await uploadFile(file, (share) => change(path, { share }), signal) });
      } catch (error) {
        if (isStop(error)) break;
        change(path, { error: (error as Error).message });
      }
    }
    if (signal.aborted) {
      controller.current = undefined;
      return;
    }
    const logged = await logAll(runId, uploaded);
    setUploads((before) => before.filter(({ path, error }) => error !== undefined || !paths.has(path)));
    if (logged === 0) return;
    tellDone(`${count(logged)} ${logged === 1 ? 'file is' : 'files are'} in the run.`);
    done();
  };

  return {
    uploads,
    start,
    stop: () => {
      controller.current?.abort();
      controller.current = undefined;
      setUploads([]);
    },
    clear: () => setUploads((before) => before.filter(({ error }) => error === undefined)),
  };
}

const isStop = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

/** @returns how many have become artifacts */
async function logAll(runId: string, files: readonly { path: string; digest: string }[]): Promise<number> {
  let logged = 0;
  for (let at = 0; at < files.length; at += BATCH) {
    const artifacts = files.slice(at, at + BATCH);
    const input = { runId, batchId: randomId(), artifacts };
    const done = await perform(LogArtifacts, { input }, 'The files were uploaded, but not logged');
    if (done) logged += artifacts.length;
  }
  return logged;
}

/** Not crypto.randomUUID, which wants https. */
const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
