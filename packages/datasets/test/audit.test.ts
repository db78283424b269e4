import { rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { auditVersion, importDataset } from '../src/index.ts';
import { zip } from './setup/archives.ts';
import { csv, goodRows, HEADER } from './setup/fer.ts';
import { picture, waves } from './setup/images.ts';
import { startPlatform, type Platform } from './setup/platform.ts';

let platform: Platform;
let versionId: bigint;

/** In the order of their paths, which is that of the samples. */
const FILES = {
  'test/cat/0-again.png': () => waves('face'),
  'test/cat/1-recompressed.jpg': () => waves('other face', 'jpeg'),
  'test/dog/2-alone.png': () => waves('a third face'),
  'train/cat/3-face.png': () => waves('face'),
  'train/cat/4-grey.png': () =>
    sharp({ create: { width: 9, height: 9, channels: 3, background: '#808080' } })
      .png()
      .toBuffer(),
  'train/dog/5-other.png': () => waves('other face'),
  'train/dog/6-colour.png': () => picture('colour'),
};

beforeAll(async () => {
  platform = await startPlatform();
  const files = await Promise.all(
    Object.entries(FILES).map(async ([path, make]): Promise<[string, Buffer]> => [path, await make()]),
  );
  const id = await platform.upload(await platform.project(), await zip(files), {
    format: 'image-folder',
    fileName: 'faces.zip',
  });
  await importDataset(platform, id);
  const done = await platform.database.prisma.datasetImport.findUniqueOrThrow({ where: { id } });
  versionId = done.datasetVersionId!;
}, 60_000);
afterAll(() => platform.stop());

async function facts() {
  const { rows } = await platform.database.pool.query<Record<string, number | null>>(
    `SELECT f.width, f.height, f.brightness, f.contrast, f.sharpness, f.hash FROM sample s
       LEFT JOIN image_facts f USING (digest) WHERE s.version_id = $1 ORDER BY s.index`,
    [versionId],
  );
  return rows;
}
const audit = () => platform.database.prisma.datasetAudit.findUniqueOrThrow({ where: { versionId } });
const groups = () =>
  platform.database.prisma.duplicateGroup.findMany({ where: { versionId }, orderBy: { position: 'asc' } });
const leaks = () => platform.database.prisma.sampleLeak.findMany({ where: { versionId }, orderBy: { index: 'asc' } });
/** As if it had been imported before images were measured. */
async function forget(): Promise<void> {
  await platform.database.pool.query('DELETE FROM image_facts');
  await platform.database.pool.query('DELETE FROM dataset_audit');
}

describe('an import', () => {
  it('measures each image once, however many samples have it', async () => {
    const rows = await facts();
    expect(rows).toHaveLength(7);
    expect(rows[0]).toEqual(rows[3]);
    expect(rows[4]).toMatchObject({ width: 9, height: 9, brightness: 128, contrast: 0, sharpness: 0 });
    expect(rows[6]).toMatchObject({ width: 24, height: 16 });
    expect(await platform.database.prisma.imageFacts.count()).toBe(6);
  });

  it('takes the luma of colours, as restored pictures do', async () => {
    const { data } = await sharp(await picture('colour'))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const luma = 0.299 * data[0]! + 0.587 * data[1]! + 0.114 * data[2]!;
    expect(Math.abs((await facts())[6]!.brightness! - luma)).toBeLessThan(1);
  });

  it("of FER's pixels measures them as they are", async () => {
    const id = await platform.upload(await platform.project(), csv(HEADER, ...goodRows(2)), {
      format: 'fer-csv',
      fileName: 'fer.csv',
    });
    await importDataset(platform, id);
    const { rows } = await platform.database.pool.query(
      `SELECT f.width, f.brightness FROM sample s JOIN image_facts f USING (digest)
        WHERE version_id = (SELECT dataset_version_id FROM dataset_import WHERE id = $1) ORDER BY index`,
      [id],
    );
    expect(rows).toEqual([
      { width: 48, brightness: 0 },
      { width: 48, brightness: 1 },
    ]);
  });
});

describe('the audit of a version', () => {
  it('finds what is doubled within and across splits, and what shows nothing', async () => {
    await auditVersion(platform, versionId);
    expect(await audit()).toMatchObject({ exactGroups: 1, blank: 2, unreadable: 0, truncated: false });
    const [exact, ...others] = await groups();
    expect(exact).toMatchObject({
      kind: 'EXACT',
      distance: 0,
      indices: [0, 3],
      splits: ['TRAIN', 'TEST'],
      labels: [0],
    });
    expect(others).toHaveLength(1);
    expect(others[0]).toMatchObject({ indices: [1, 5], splits: ['TRAIN', 'TEST'], labels: [0, 1] });
    expect(others[0]!.distance).toBeLessThanOrEqual(4);
    expect((await audit()).conflicts).toBe(1);
    expect(await leaks()).toMatchObject([
      { index: 0, fromSplit: 'TRAIN', split: 'TEST', duplicateOf: 3, distance: null },
      { index: 1, fromSplit: 'TRAIN', split: 'TEST', duplicateOf: 5, distance: others[0]!.distance },
    ]);
  });

  it('of before images were measured measures them first, and finds the same', async () => {
    const before = [await facts(), await groups(), await leaks()];
    await forget();
    await auditVersion(platform, versionId);
    expect([await facts(), await groups(), await leaks()]).toEqual(before);
  });

  it('is made once: whoever is late changes nothing', async () => {
    const { createdAt } = await audit();
    let again = false;
    await auditVersion(platform, versionId, () => Promise.resolve(void (again = true)));
    expect([(await audit()).createdAt, again]).toEqual([createdAt, false]);
  });

  it('says which images can not be read any more, and goes on without those that are gone', async () => {
    const digests = await platform.database.prisma.sample.findMany({ where: { versionId }, orderBy: { index: 'asc' } });
    const place = (index: number) => platform.storage.localPath(digests[index]!.digest);
    await writeFile(await place(2), 'no picture');
    await rm(await place(6));
    await forget();
    await auditVersion(platform, versionId);
    expect(await audit()).toMatchObject({ unreadable: 1, exactGroups: 1 });
    const rows = await facts();
    expect(rows[2]).toEqual({
      width: null,
      height: null,
      brightness: null,
      contrast: null,
      sharpness: null,
      hash: null,
    });
    expect(await platform.database.prisma.imageFacts.count({ where: { digest: digests[6]!.digest } })).toBe(0);
  });
});
