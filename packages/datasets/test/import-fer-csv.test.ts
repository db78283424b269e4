import { existsSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FER_LABELS } from '@samplewise/domain';
import { importDataset } from '../src/index.ts';
import { csv, goodRows, HEADER, pixels } from './setup/fer.ts';
import { startPlatform, type Platform } from './setup/platform.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
}, 60_000);
afterAll(() => platform.stop());

async function load(source: Buffer | string, fileName = 'fer2013.csv') {
  const { database } = platform;
  const projectId = await platform.project();
  const id = await platform.upload(projectId, source, { format: 'fer-csv', fileName });
  await importDataset(platform, id);
  const row = await database.prisma.datasetImport.findUniqueOrThrow({
    where: { id },
    include: { datasetVersion: { include: { samples: { orderBy: { index: 'asc' } } } } },
  });
  const datasets = await database.prisma.dataset.count({ where: { projectId } });
  return { ...row, datasets };
}

describe('fer2013.csv', () => {
  it('becomes a version with a sample for each row, its split and its emotion', async () => {
    const { status, datasetVersion, samplesDone, samplesTotal } = await load(csv(HEADER, ...goodRows(21)));
    expect({ status, samplesDone, samplesTotal }).toEqual({ status: 'FINISHED', samplesDone: 21, samplesTotal: 21 });
    expect(datasetVersion).toMatchObject({ number: 1, name: 'v1', sampleCount: 21, labels: [...FER_LABELS] });
    const samples = datasetVersion!.samples;
    expect(samples.map((s) => s.label)).toEqual(Array.from({ length: 21 }, (_, i) => i % 7));
    expect(samples.slice(0, 3).map((s) => s.split)).toEqual(['TRAIN', 'VALIDATION', 'TEST']);
    expect(samples[4]!.source).toBe('row 5');
  });

  it('keeps every pixel', async () => {
    const values = Array.from({ length: 2304 }, (_, i) => (i * 7) % 256);
    const { datasetVersion } = await load(csv(HEADER, `3,${values.join(' ')},Training`));
    const stored = await platform.storage.read(datasetVersion!.samples[0]!.digest);
    const { data, info } = await sharp(stored).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 48, height: 48, channels: 1 });
    expect([...data]).toEqual(values);
  });

  it('is the same version whatever the order of columns, the blanks, the line ends and the packing', async () => {
    const plain = await load(csv(HEADER, ...goodRows(5)));
    const icml = goodRows(5).map((row) => row.split(','));
    const lines = icml.map(([emotion, values, usage]) => `${emotion!}, ${usage!}, ${values!}`);
    const others = [
      csv('emotion, Usage, pixels', ...lines),
      Buffer.from(`\ufeff${[HEADER, ...goodRows(5)].join('\r\n')}`),
      gzipSync(csv(HEADER, '', ...goodRows(5), '')),
      csv('"EMOTION","pixels","usage","note"', ...goodRows(5).map((row) => `${row},x`)),
    ];
    for (const other of others) {
      const { datasetVersion } = await load(other, 'icml_face_data.csv');
      expect(datasetVersion?.digest).toBe(plain.datasetVersion!.digest);
    }
  });
});

describe('a bad fer2013.csv', () => {
  const good = goodRows(11);
  const randomBytes = Buffer.from([0, 1, 2, 255, 254, 10, 0, 0]);
  const cases: [what: string, source: Buffer, problem: object][] = [
    [
      'with a short row',
      csv(HEADER, ...good, `3,${pixels()}`),
      { code: 'SHORT_ROW', place: 'row 12 (line 13)', message: 'The row has 2 fields, the header has 3.' },
    ],
    [
      'with a long row',
      csv(HEADER, ...good, `3,${pixels()},Training,1`),
      { code: 'LONG_ROW', place: 'row 12 (line 13)' },
    ],
    [
      'with a pixel of 256',
      csv(HEADER, ...good, `3,${pixels(1, 50)} 256 ${pixels(1, 2253)},Training`),
      {
        code: 'PIXEL_RANGE',
        place: 'row 12 (line 13), column pixels',
        value: '256',
        message: 'Pixel 51 (x 2, y 1) is not a whole number from 0 to 255.',
      },
    ],
    ['with a negative pixel', csv(HEADER, `3,-1 ${pixels(1, 2303)},Training`), { code: 'PIXEL_RANGE', value: '-1' }],
    [
      'with a fractional pixel',
      csv(HEADER, `3,1.5 ${pixels(1, 2303)},Training`),
      { code: 'PIXEL_RANGE', value: '1.5' },
    ],
    ['with too few pixels', csv(HEADER, `3,${pixels(1, 2303)},Training`), { code: 'PIXEL_COUNT', value: '2303' }],
    ['with too many pixels', csv(HEADER, `3,${pixels(1, 2305)},Training`), { code: 'PIXEL_COUNT', value: '2305' }],
    [
      'with an unknown emotion',
      csv(HEADER, ...good, `7,${pixels()},Training`),
      { code: 'UNKNOWN_LABEL', place: 'row 12 (line 13), column emotion', value: '7' },
    ],
    ['with a word for an emotion', csv(HEADER, `x,${pixels()},Training`), { code: 'UNKNOWN_LABEL', value: 'x' }],
    [
      'with an unknown usage',
      csv(HEADER, `3,${pixels()},Exercise`),
      { code: 'UNKNOWN_SPLIT', place: 'row 1 (line 2), column Usage', value: 'Exercise' },
    ],
    [
      'without pixels in the header',
      csv('emotion,Usage', '3,Training'),
      { code: 'MISSING_COLUMN', message: "There is no column 'pixels'.", value: 'emotion,Usage' },
    ],
    ['without usage', csv('emotion,pixels', `3,${pixels()}`), { code: 'MISSING_COLUMN' }],
    ['with a column twice', csv('emotion,pixels,Usage,pixels'), { code: 'MALFORMED_CSV' }],
    ['with an open quote', csv(HEADER, `3,"${pixels()},Training`), { code: 'MALFORMED_CSV' }],
    ['without rows', csv(HEADER), { code: 'EMPTY_SOURCE' }],
    ['of no bytes', Buffer.alloc(0), { code: 'EMPTY_SOURCE' }],
    ['that is random bytes', randomBytes, { code: 'MISSING_COLUMN' }],
    ['in a gzip that ends early', gzipSync(csv(HEADER, ...good)).subarray(0, -40), { code: 'MALFORMED_ARCHIVE' }],
    ['that is a zip', Buffer.from('PK\x03\x04 and so on'), { code: 'UNSUPPORTED_SOURCE' }],
  ];

  it.each(cases)('%s is refused with the place', async (_what, source, expected) => {
    const { status, problems, problemCount, datasets, finishedAt } = await load(source);
    expect({ status, datasets }).toEqual({ status: 'FAILED', datasets: 0 });
    expect(problems).toHaveLength(problemCount);
    expect(problems).toMatchObject([expected, ...Array<object>(problemCount - 1).fill({})]);
    expect(finishedAt).toBeInstanceOf(Date);
  });

  it('has all its problems counted and the first hundred listed', async () => {
    const { problems, problemCount } = await load(csv(HEADER, ...Array<string>(250).fill(`9,${pixels()},Training`)));
    expect(problemCount).toBe(250);
    expect(problems).toHaveLength(100);
  });

  it('is not read to its end when hardly a row is in order', async () => {
    const { problemCount } = await load(csv(HEADER, ...Array<string>(12_000).fill('1')));
    expect(problemCount).toBe(10_000);
  });
});

const FERPLUS = path.resolve(import.meta.dirname, '../../../../shared/assets/data/ferplus/fer2013new.csv.gz');

describe('a file of another kind', () => {
  it.skipIf(!existsSync(FERPLUS))('as FER+ (assets) names the columns that it lacks', async () => {
    const { problems } = await load(FERPLUS, 'fer2013new.csv.gz');
    expect(problems).toMatchObject([{ code: 'MISSING_COLUMN' }, { code: 'MISSING_COLUMN' }]);
  });
});
