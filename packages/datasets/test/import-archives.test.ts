import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatasetFormat } from '@samplewise/domain';
import { importDataset } from '../src/index.ts';
import { renameInZip, tar, tarGz, zip, type Files } from './setup/archives.ts';
import { animatedPng, animatedWebp, noise, picture, pngClaiming, SVG } from './setup/images.ts';
import { startPlatform, type Platform } from './setup/platform.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
}, 60_000);
afterAll(() => platform.stop());

async function load(source: Buffer, format: DatasetFormat = 'image-folder') {
  const { database } = platform;
  const projectId = await platform.project();
  const id = await platform.upload(projectId, source, { format, fileName: 'faces.zip' });
  await importDataset(platform, id);
  const row = await database.prisma.datasetImport.findUniqueOrThrow({
    where: { id },
    include: { datasetVersion: { include: { samples: { orderBy: { index: 'asc' }, include: { blob: true } } } } },
  });
  const { labels, samples = [] } = row.datasetVersion ?? {};
  const rows = samples.map((s) => `${s.split} ${labels![s.label]!} ${s.source}`);
  return { ...row, labels, rows, samples, datasets: await database.prisma.dataset.count({ where: { projectId } }) };
}

async function pictures(...names: string[]): Promise<Files> {
  return Promise.all(names.map(async (name) => [name, await picture(name)] as const));
}

describe('a folder of images by class', () => {
  it('is ordered by path as people count, with labels in order and every sample for testing', async () => {
    const files = await pictures('happy/face_10.png', 'happy/face_2.png', 'angry/a.png', 'sad/1.png');
    const { status, labels, rows } = await load(await zip(files));
    expect({ status, labels }).toEqual({ status: 'FINISHED', labels: ['angry', 'happy', 'sad'] });
    expect(rows).toEqual([
      'TEST angry angry/a.png',
      'TEST happy happy/face_2.png',
      'TEST happy happy/face_10.png',
      'TEST sad sad/1.png',
    ]);
  });

  it('may have splits, a folder around it, and the litter of macOS and Windows', async () => {
    const files = await pictures('fer/train/happy/1.png', 'fer/test/sad/1.png', 'fer/val/sad/2.png');
    const litter: Files = [
      ['__MACOSX/fer/train/happy/._1.png', 'x'],
      ['fer/.DS_Store', 'x'],
      ['fer/train/happy/Thumbs.db', 'x'],
      ['fer/README.md', 'x'],
    ];
    const { rows, problems } = await load(await tarGz([...litter, ...files]));
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      'TEST sad fer/test/sad/1.png',
      'TRAIN happy fer/train/happy/1.png',
      'VALIDATION sad fer/val/sad/2.png',
    ]);
  });

  it('is the same version as zip, tar and tar.gz', async () => {
    const files = await pictures('./b/1.png', './a/1.png');
    const loaded = [await load(await zip(files.map(([p, b]) => [p.slice(2), b]))), await load(await tar(files))];
    loaded.push(await load(await tarGz(files.toReversed())));
    expect(new Set(loaded.map((l) => l.datasetVersion?.digest)).size).toBe(1);
  });

  it('keeps the bytes of PNG, JPEG and WebP as they are, whatever the names say', async () => {
    const jpeg = await picture('j', 'jpeg');
    const webp = await picture('w', 'webp');
    const { samples } = await load(await zip([['a/jpeg.png', jpeg], ['b/webp', webp]])); // prettier-ignore
    expect(samples.map((s) => s.blob.mediaType)).toEqual(['image/jpeg', 'image/webp']);
    expect(await platform.storage.read(samples[0]!.digest)).toEqual(jpeg);
  });
});

describe('images with a manifest', () => {
  it('come in the order of its rows, with its labels and splits', async () => {
    const files = await pictures('set/img/1.png', 'set/img/2.png', 'set/img/3.png', 'set/img/unused.png');
    const table = 'Split, LABEL ,file\ntrain,sad,img/2.png\n,happy,./img/1.png\nval,sad,set/img/3.png\n';
    const { rows, labels } = await load(await zip([...files, ['set/labels.csv', table]]), 'image-manifest');
    expect(labels).toEqual(['happy', 'sad']);
    expect(rows).toEqual(['TRAIN sad set/img/2.png', 'TEST happy set/img/1.png', 'VALIDATION sad set/img/3.png']);
  });

  const bad: [what: string, table: string, problem: object][] = [
    ['a file that is not there', 'file,label\n1.png,a\nnone.png,b', { code: 'MISSING_FILE', place: 'm.csv, row 2 (line 3), column file' }],
    ['a file twice', 'file,label\n1.png,a\n./1.png,b', { code: 'DUPLICATE_FILE', message: 'The file is also in row 1 (line 2).' }],
    ['an unknown split', 'file,label,split\n1.png,a,trial', { code: 'UNKNOWN_SPLIT', value: 'trial' }],
    ['an empty label', 'file,label\n1.png, ', { code: 'UNKNOWN_LABEL', place: 'm.csv, row 1 (line 2), column label' }],
    ['a path out of the archive', 'file,label\n../../etc/passwd,a', { code: 'UNSAFE_PATH', value: '../../etc/passwd' }],
    ['no label column', 'file,split\n1.png,test', { code: 'MISSING_COLUMN' }],
    ['only one label', 'file,label\n1.png,a', { code: 'INVALID_VALUE', place: 'labels' }],
    ['no rows', 'file,label\n', { code: 'EMPTY_SOURCE' }],
  ]; // prettier-ignore
  it.each(bad)('with %s are refused with the row', async (_what, table, expected) => {
    const archive = await zip([...(await pictures('1.png', '2.png')), ['m.csv', table]]);
    const { status, problems, datasets } = await load(archive, 'image-manifest');
    expect({ status, datasets }).toEqual({ status: 'FAILED', datasets: 0 });
    expect(problems).toMatchObject([expected]);
  });

  it('with a label in Latin-1 are refused with the row', async () => {
    const table = Buffer.from('file,label\n1.png,tr\xe4ge\n2.png,b', 'latin1');
    const { problems } = await load(
      await zip([...(await pictures('1.png', '2.png')), ['m.csv', table]]),
      'image-manifest',
    );
    expect(problems).toMatchObject([{ code: 'UNKNOWN_LABEL', message: 'The label is not in UTF-8.' }]);
  });

  it('need exactly one CSV', async () => {
    const none = await load(await zip(await pictures('1.png')), 'image-manifest');
    expect(none.problems).toMatchObject([{ code: 'UNSUPPORTED_SOURCE' }]);
    const two = await load(await zip([['a.csv', 'file,label'], ['b.csv', 'file,label']]), 'image-manifest'); // prettier-ignore
    expect(two.problems).toMatchObject([
      { code: 'UNSUPPORTED_SOURCE', message: 'The archive has 2 CSV files, not one.' },
    ]);
  });
});

describe('a bad image', () => {
  const cases: [what: string, bytes: () => Promise<Buffer>, problem: object][] = [
    ['a truncated PNG', async () => cut(await noise('png')), { code: 'MALFORMED_IMAGE' }],
    ['a truncated JPEG', async () => cut(await noise('jpeg')), { code: 'MALFORMED_IMAGE' }],
    ['a truncated WebP', async () => cut(await noise('webp')), { code: 'MALFORMED_IMAGE' }],
    ['a PNG with a broken pixel stream', async () => damage(await noise('png')), { code: 'MALFORMED_IMAGE' }],
    ['an empty file', () => Promise.resolve(Buffer.alloc(0)), { code: 'MALFORMED_IMAGE' }],
    ['a text', () => Promise.resolve(Buffer.from('not an image')), { code: 'UNSUPPORTED_IMAGE' }],
    ['30,000 pixels of width', () => pngClaiming(30_000, 10), { code: 'IMAGE_TOO_LARGE', value: '30000 x 10' }],
    ['a decompression bomb', () => pngClaiming(2_000_000_000, 2_000_000_000), {}],
    ['an animated WebP', animatedWebp, { code: 'UNSUPPORTED_IMAGE', message: 'The image is animated.' }],
    ['an animated PNG', animatedPng, { code: 'UNSUPPORTED_IMAGE', message: 'The image is animated.' }],
    ['a GIF', () => Promise.resolve(Buffer.from('GIF89a\x01\0\x01\0')), { message: 'This is a GIF.' }],
    ['an SVG', () => Promise.resolve(SVG), { code: 'UNSUPPORTED_IMAGE', message: 'This is an SVG.' }],
    [
      'an SVG in UTF-16',
      () => Promise.resolve(Buffer.from(`\ufeff${SVG.toString()}`, 'utf16le')),
      { code: 'UNSUPPORTED_IMAGE', message: 'This is an SVG.' },
    ],
  ];

  it.each(cases)('that is %s is refused by name, with all others of its kind', async (_what, bytes, expected) => {
    const bad = await bytes();
    const files: Files = [
      ...(await pictures('happy/1.png', 'sad/1.png')),
      ['happy/bad.png', bad],
      ['sad/bad.jpg', bad],
    ];
    const { status, problems, datasets, datasetVersion } = await load(await zip(files));
    expect({ status, datasets, datasetVersion }).toEqual({ status: 'FAILED', datasets: 0, datasetVersion: null });
    const places = (problems as { place: string }[]).map(({ place }) => place);
    expect(places.sort()).toEqual(['happy/bad.png', 'sad/bad.jpg']);
    expect(problems).toMatchObject([expected, expected]);
  });

  const cut = (bytes: Buffer): Buffer => bytes.subarray(0, Math.floor(bytes.length / 2));
  const damage = (bytes: Buffer): Buffer => {
    const copy = Buffer.from(bytes);
    copy.fill(0x55, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 64);
    return copy;
  };
});

describe('a hostile or broken archive', () => {
  const refused = async (source: Buffer, expected: object) => {
    const { status, problems, datasets } = await load(source);
    expect({ status, datasets }).toEqual({ status: 'FAILED', datasets: 0 });
    expect(problems).toMatchObject([expected]);
  };

  it('with a path out of it is refused, as tar and as zip', async () => {
    const files = await pictures('happy/1.png', 'sad/1.png', 'aa/aa/x.png');
    const plain = await zip(files);
    for (const name of ['../../x.png', '/tmp/xx.png', 'C:/aa/x.png', '..\\..\\x.png']) {
      const unsafe = { code: 'UNSAFE_PATH' };
      await refused(renameInZip(plain, 'aa/aa/x.png', name), unsafe);
      await refused(await tar(files.map(([p, b]) => [p.startsWith('aa') ? name : p, b])), unsafe);
    }
  });

  it('with a link is refused', async () => {
    const files = await pictures('happy/1.png', 'sad/1.png');
    const link = { name: 'sad/link.png', type: 'symlink', linkname: '/etc/passwd' } as const;
    await refused(await tar(files, [link]), { code: 'UNSAFE_PATH', place: 'sad/link.png', message: 'This is a link.' });
    const hard = { name: 'sad/hard.png', type: 'link', linkname: '/etc/shadow' } as const;
    await refused(await tar(files, [hard]), { code: 'UNSAFE_PATH', place: 'sad/hard.png' });
    const zipped = await zip([...files, ['sad/link.png', '/etc/passwd']], { 'sad/link.png': 0o120777 });
    await refused(zipped, { code: 'UNSAFE_PATH', place: 'sad/link.png' });
  });

  it('with a file twice is refused', async () => {
    const files = await pictures('happy/1.png', 'sad/1.png');
    await refused(await tar([...files, files[0]!]), { code: 'DUPLICATE_FILE', place: 'happy/1.png' });
  });

  it('with a file that inflates beyond the limit is refused, whatever its header says', async () => {
    const files = await pictures('happy/1.png', 'sad/1.png');
    const bomb = Buffer.alloc(40 * 1024 * 1024);
    await refused(await zip([...files, ['sad/bomb.png', bomb]]), { code: 'TOO_LARGE', place: 'sad/bomb.png' });
    const lying = await zip([...files, ['sad/bomb.png', bomb]]);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(bomb.length);
    const small = Buffer.alloc(4);
    small.writeUInt32LE(1000);
    const forged = Buffer.from(
      lying.toString('latin1').replaceAll(size.toString('latin1'), small.toString('latin1')),
      'latin1',
    );
    await refused(forged, { code: 'MALFORMED_ARCHIVE', place: 'sad/bomb.png' });
    await refused(await tarGz([...files, ['sad/bomb.png', bomb]]), { code: 'TOO_LARGE', place: 'sad/bomb.png' });
  });

  it('that ends early, is damaged or is none at all is refused', async () => {
    const files = await pictures('happy/1.png', 'sad/1.png');
    const zipped = await zip(files);
    await refused(zipped.subarray(0, -30), { code: 'MALFORMED_ARCHIVE' });
    const damaged = Buffer.from(zipped);
    damaged[60]! ^= 0xff;
    await refused(damaged, { code: 'MALFORMED_ARCHIVE', place: 'happy/1.png' });
    await refused((await tarGz(files)).subarray(0, -30), { code: 'MALFORMED_ARCHIVE' });
    await refused((await tar(files)).subarray(0, 600), { code: 'MALFORMED_ARCHIVE' });
    await refused(Buffer.from('nothing that we know'), { code: 'UNSUPPORTED_SOURCE' });
    await refused(Buffer.alloc(0), { code: 'EMPTY_SOURCE' });
    await refused(await zip([]), { code: 'EMPTY_SOURCE' });
    await refused(gzipSync(Buffer.alloc(2000, 65)), {
      code: 'MALFORMED_ARCHIVE',
    });
  });

  it('with files that are in no class is refused by name', async () => {
    await refused(await zip(await pictures('happy/1.png', 'sad/1.png', 'sad/deep/er/2.png')), {
      code: 'UNSUPPORTED_SOURCE',
      place: 'sad/deep/er/2.png',
    });
    await refused(await zip(await pictures('train/1.png', 'test/2.png')), { code: 'UNSUPPORTED_SOURCE' });
    await refused(await zip(await pictures('happy/1.png')), { code: 'INVALID_VALUE', place: 'labels' });
    await refused(await zip(await pictures('x/train/a/1.png', 'x/later/b/1.png')), {
      code: 'UNKNOWN_SPLIT',
      value: 'later',
    });
  });

  it('with a pipe among its files is refused', async () => {
    const bytes = await tar([], [{ name: 'a/pipe', type: 'fifo' }]);
    await refused(bytes, { code: 'UNSAFE_PATH', place: 'a/pipe' });
  });
});
