import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Listener, type Announcement } from '@samplewise/database';
import { failImport, importDataset } from '../src/index.ts';
import { csv, distinctRows, goodRows, HEADER } from './setup/fer.ts';
import { startPlatform, type Platform } from './setup/platform.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
}, 60_000);
afterAll(() => platform.stop());

const fer = { format: 'fer-csv', fileName: 'fer2013.csv' } as const;
const small = csv(HEADER, ...goodRows(4));
const larger = csv(HEADER, ...goodRows(9));

const read = (id: bigint) =>
  platform.database.prisma.datasetImport.findUniqueOrThrow({ where: { id }, include: { datasetVersion: true } });

/** Starts a worker process on the import and kills it so many milliseconds after it has begun. */
async function killWorker(id: bigint, delay: number): Promise<void> {
  const worker = fork(path.join(import.meta.dirname, 'setup/import-worker.ts'), [
    platform.database.url,
    platform.storageFolder,
    String(id),
  ]);
  await once(worker, 'message');
  await expect.poll(async () => (await read(id)).status, { interval: 5, timeout: 20_000 }).not.toBe('QUEUED');
  await sleep(delay);
  worker.kill('SIGKILL');
  if (worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit');
}

async function load(projectId: bigint, source: Buffer, dataset: string, version: string) {
  const id = await platform.upload(projectId, source, { ...fer, dataset, version });
  await importDataset(platform, id);
  return read(id);
}

describe('the same file again', () => {
  it('is the version that is there already', async () => {
    const project = await platform.project();
    const first = await load(project, small, 'FER 2013', 'original');
    const again = await load(project, small, 'FER-2013', 'second try');
    expect(first).toMatchObject({ status: 'FINISHED', alreadyExisted: false });
    expect(again).toMatchObject({ status: 'FINISHED', alreadyExisted: true, datasetVersionId: first.datasetVersionId });
    expect(await platform.database.prisma.datasetVersion.count({ where: { dataset: { projectId: project } } })).toBe(1);
  });

  it('is a version of its own in another dataset and in another project', async () => {
    const project = await platform.project();
    const a = await load(project, small, 'A', 'v1');
    const b = await load(project, small, 'B', 'v1');
    const c = await load(await platform.project(), small, 'A', 'v1');
    expect(new Set([a, b, c].map((row) => row.datasetVersionId)).size).toBe(3);
    expect(new Set([a, b, c].map((row) => row.datasetVersion?.digest)).size).toBe(1);
  });

  it('imported by many at once is one version', async () => {
    const project = await platform.project();
    const ids = await Promise.all(
      Array.from({ length: 6 }, (_, i) => platform.upload(project, small, { ...fer, version: `v${i}` })),
    );
    await Promise.all(ids.map((id) => importDataset(platform, id)));
    const rows = await Promise.all(ids.map(read));
    expect(new Set(rows.map((row) => row.datasetVersionId)).size).toBe(1);
    expect(rows.filter((row) => !row.alreadyExisted)).toHaveLength(1);
  });
});

describe('other content', () => {
  it('is the next version', async () => {
    const project = await platform.project();
    await load(project, small, 'Faces', 'small');
    const { datasetVersion } = await load(project, larger, 'Faces', 'larger');
    expect(datasetVersion).toMatchObject({ number: 2, name: 'larger', sampleCount: 9 });
  });

  it('under a name that is taken is refused', async () => {
    const project = await platform.project();
    await load(project, small, 'Faces', 'v1');
    const refused = await load(project, larger, 'Faces', 'v1');
    expect(refused).toMatchObject({ status: 'FAILED', problemCount: 1, datasetVersionId: null });
    expect(refused.problems).toMatchObject([{ code: 'CONFLICT', place: 'version', value: 'v1' }]);
  });

  it('of datasets whose names have no Latin letters stays apart', async () => {
    const project = await platform.project();
    await load(project, small, '表情', 'v1');
    await load(project, larger, 'лица', 'v1');
    expect(await platform.database.prisma.dataset.count({ where: { projectId: project } })).toBe(2);
  });
});

describe('an import', () => {
  it('that a dead worker left running is done anew, once', async () => {
    const project = await platform.project();
    const id = await platform.upload(project, small, fer);
    await platform.database.prisma.datasetImport.update({ where: { id }, data: { status: 'RUNNING', samplesDone: 2 } });
    await Promise.all([importDataset(platform, id), importDataset(platform, id)]);
    await importDataset(platform, id);
    expect(await read(id)).toMatchObject({ status: 'FINISHED', samplesDone: 4, alreadyExisted: false });
    expect(
      await platform.database.prisma.sample.count({ where: { version: { dataset: { projectId: project } } } }),
    ).toBe(4);
  });

  it('whose worker is killed at any moment is whole or not there, and done by the next', async () => {
    const project = await platform.project();
    const source = csv(HEADER, ...distinctRows(2500));
    for (const [round, delay] of [0, 40, 120, 300].entries()) {
      const dataset = `Faces ${round}`;
      const id = await platform.upload(project, source, { ...fer, dataset });
      await killWorker(id, delay);
      const { status, datasetVersionId } = await read(id);
      expect(datasetVersionId !== null).toBe(status === 'FINISHED');
      await importDataset(platform, id);
      const { datasetVersion } = await read(id);
      expect(datasetVersion).toMatchObject({ sampleCount: 2500, number: 1 });
      const samples = await platform.database.prisma.sample.count({ where: { versionId: datasetVersion!.id } });
      expect(samples).toBe(2500);
    }
  });

  it('that has ended is left alone', async () => {
    const id = await platform.upload(await platform.project(), small, fer);
    await failImport(platform.database, id, []);
    await importDataset(platform, id);
    expect(await read(id)).toMatchObject({ status: 'FAILED', datasetVersionId: null });
  });

  it('whose upload is gone from the storage says so', async () => {
    const id = await platform.upload(await platform.project(), small, fer);
    const digest = '0'.repeat(64);
    await platform.database.prisma.blob.create({ data: { digest, size: 1, mediaType: 'text/csv' } });
    await platform.database.prisma.datasetImport.update({ where: { id }, data: { uploadDigest: digest } });
    await importDataset(platform, id);
    expect((await read(id)).problems).toMatchObject([{ code: 'BLOB_MISSING' }]);
  });

  it('that the disk fails stays open and leaves nothing, to be tried again', async () => {
    const project = await platform.project();
    const id = await platform.upload(project, small, fer);
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC', syscall: 'write' });
    const storage = { ...platform.storage, write: () => Promise.reject(full) };
    await expect(importDataset({ ...platform, storage }, id)).rejects.toThrow('no space left');
    expect((await read(id)).status).toBe('RUNNING');
    expect(await platform.database.prisma.dataset.count({ where: { projectId: project } })).toBe(0);
    await importDataset(platform, id);
    expect((await read(id)).status).toBe('FINISHED');
  });

  it('is announced when it begins, goes on and ends', async () => {
    const listener = new Listener(platform.database.url);
    await listener.start();
    const heard: Announcement[] = [];
    listener.subscribe((message) => {
      if (message !== 'resynchronise') heard.push(message);
    });
    const id = await platform.upload(await platform.project(), small, fer);
    await importDataset(platform, id);
    const importId = String(id);
    await expect
      .poll(() => heard.filter((m) => m.kind === 'import' && m.importId === importId).length)
      .toBeGreaterThan(2);
    await listener.close();
  });
});
