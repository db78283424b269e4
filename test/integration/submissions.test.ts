import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  csvOf,
  done,
  EMOTIONS,
  FIRST_TESTED,
  guesses,
  numberOf,
  openArena,
  openCompetition,
  SAMPLE_INDEX,
  TESTED,
  type Arena,
  type Somebody,
} from '../setup/competition.ts';
import { post, stored } from '../setup/submissions.ts';

let arena: Arena;
let emil: Somebody;
let edda: Somebody;

beforeAll(async () => {
  arena = await openArena();
  [emil, edda] = arena.entrants;
});
afterAll(() => arena.stack.stop());

describe('the quota', () => {
  test('holds for many that come at once, whatever the key', async () => {
    const board = await openCompetition(arena, 'Quota', { dailyLimit: 3 });
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => post(arena, board, csvOf(guesses(arena, 3, i)), { name: `number ${i}` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 429, 429, 429, 429, 429]);
    expect(answers.find(({ status }) => status === 429)!.problems).toMatchObject([{ code: 'QUOTA_EXCEEDED' }]);
    expect(await stored(arena, board)).toEqual({ submissions: 3, predictions: 3 * TESTED, entrants: 1 });
    // Another one has his own, and tomorrow is another day.
    expect((await post(arena, board, csvOf(guesses(arena, 2)), { who: edda })).status).toBe(201);
    await arena.stack.pool.query(
      `UPDATE submission SET created_at = created_at - interval '1 day' WHERE leaderboard_id = $1`,
      [numberOf(board)],
    );
    expect((await post(arena, board, csvOf(guesses(arena, 2)))).status).toBe(201);
  });

  test('is not used up by what is sent again, nor by the same key with something else', async () => {
    const board = await openCompetition(arena, 'Again', { dailyLimit: 1 });
    const csv = csvOf(guesses(arena, 3));
    const answers = await Promise.all(Array.from({ length: 4 }, () => post(arena, board, csv, { key: 'the same' })));
    expect(new Set(answers.map(({ submission }) => submission)).size).toBe(1);
    expect(answers.map(({ repeated }) => repeated).sort()).toEqual([false, true, true, true]);
    expect(await post(arena, board, csvOf(guesses(arena, 4)), { key: 'the same' })).toMatchObject({
      status: 409,
      problems: [{ place: 'input.key' }],
    });
    expect(await stored(arena, board)).toEqual({ submissions: 1, predictions: TESTED, entrants: 1 });
  });
});

describe('a bad submission is refused with its rows, and nothing is kept or counted', () => {
  let board: string;
  beforeAll(async () => {
    board = await openCompetition(arena, 'Bad');
  });
  const rows = (): string[] => csvOf(guesses(arena, 5)).split('\n').slice(1, -1);
  const file = (change: (lines: string[]) => string[], header = 'sample_index,predicted'): string =>
    [header, ...change(rows()), ''].join('\n');
  const scored = (change: (i: number) => string): string =>
    [
      `sample_index,${EMOTIONS.map((label) => `score:${label}`).join(',')}`,
      ...SAMPLE_INDEX.map((index, i) => `${index},${change(i)}`),
      '',
    ].join('\n');
  const sure = '1,0,0,0,0,0,0';
  const swapped = (lines: string[]): string[] => [lines[1]!, lines[0]!, ...lines.slice(2)];

  test.each<[string, () => string, code: string, place: string]>([
    [
      'a sample without a row',
      () => file((lines) => lines.filter((_, i) => i !== 4)),
      'NOT_FOUND',
      `sample ${FIRST_TESTED + 4}`,
    ],
    [
      'a sample twice',
      () => file((lines) => [lines[0]!, ...lines.slice(0, -1)]),
      'INVALID_VALUE',
      'row 2, sampleIndex',
    ],
    [
      'a sample of another split',
      () => file((lines) => ['0,angry', ...lines.slice(1)]),
      'NOT_FOUND',
      'row 1, sampleIndex',
    ],
    [
      'a sample that does not exist',
      () => file((lines) => [...lines.slice(0, -1), '4000,angry']),
      'NOT_FOUND',
      `row ${TESTED}, sampleIndex`,
    ],
    ['samples in another order', () => file(swapped), 'INVALID_VALUE', 'row 2, sampleIndex'],
    ['a row too many', () => file((lines) => [...lines, '90,sad', '91,sad']), 'INVALID_VALUE', `row ${TESTED + 1}`],
    [
      'a class that does not exist',
      () => file((lines) => [`${FIRST_TESTED},bored`, ...lines.slice(1)]),
      'UNKNOWN_LABEL',
      'row 1, predicted',
    ],
    [
      'a score that is no number',
      () => scored((i) => (i === 2 ? 'NaN,1,0,0,0,0,0' : sure)),
      'INVALID_VALUE',
      'row 3, scores.angry',
    ],
    [
      'scores that do not sum up to 1',
      () => scored((i) => (i === 6 ? '1,1,0,0,0,0,0' : sure)),
      'INVALID_VALUE',
      'row 7, scores',
    ],
    ['no column of samples', () => file((lines) => lines, 'index,predicted'), 'MISSING_COLUMN', 'row 0'],
    ['no predictions', () => file((lines) => lines, 'sample_index,label'), 'MISSING_COLUMN', 'row 0'],
    [
      'a column that nobody knows',
      () => file((lines) => lines.map((line) => `${line},1`), 'sample_index,predicted,sure'),
      'INVALID_VALUE',
      'row 0',
    ],
    [
      'a row that is too short',
      () => file((lines) => [String(FIRST_TESTED), ...lines.slice(1)]),
      'INVALID_VALUE',
      'row 1',
    ],
    ['nothing', () => '', 'INVALID_VALUE', 'input.sampleIndex'],
  ])('%s', async (_name, body, code, place) => {
    const { status, problems } = await post(arena, board, body());
    expect(status).toBe(422);
    expect(problems).toContainEqual(expect.objectContaining({ code, place }));
    expect(await stored(arena, board)).toEqual({ submissions: 0, predictions: 0, entrants: 0 });
  });

  test('with every wrong row, a thousand at most, and how many samples have none', async () => {
    const { problems } = await post(
      arena,
      board,
      file((lines) => lines.slice(0, 10).map((line) => line.replace(/,.*/, ',bored'))),
    );
    expect(problems!.filter(({ code }) => code === 'UNKNOWN_LABEL')).toHaveLength(10);
    const missing = await post(
      arena,
      board,
      file((lines) => lines.slice(0, 10)),
    );
    expect(missing.problems).toHaveLength(TESTED - 10);
    expect(missing.problems![0]!.message).toContain(`${TESTED - 10} samples`);
  });

  test.each<[string, () => string | Buffer, object, string]>([
    ['a ZIP archive', () => Buffer.from('504b030414000000080000000000', 'hex'), {}, 'ZIP archive'],
    ['gzip that does not say so', () => gzipSync(csvOf(guesses(arena, 5))), {}, 'Content-Encoding: gzip'],
    [
      'gzip that is cut off',
      () => gzipSync(csvOf(guesses(arena, 5))).subarray(0, 60),
      { headers: { 'content-encoding': 'gzip' } },
      'unpacked',
    ],
    [
      'a bomb of one line',
      () => gzipSync(Buffer.alloc(50_000_000, 'a')),
      { headers: { 'content-encoding': 'gzip' } },
      'row 1',
    ],
    [
      'a bomb of many rows',
      () => zstdCompressSync(Buffer.from(`sample_index,predicted\n${`${FIRST_TESTED},sad\n`.repeat(2_000_000)}`)),
      { headers: { 'content-encoding': 'zstd' } },
      'row',
    ],
    ['Parquet that is none', () => 'PAR1 and so on', { type: 'application/vnd.apache.parquet' }, 'Parquet'],
    [
      'a JSON line with a field that nobody knows',
      () => `{"sampleIndex":${FIRST_TESTED},"label":"sad"}`,
      { type: 'application/x-ndjson' },
      'row 1',
    ],
  ])('%s', async (_name, body, options, told) => {
    const started = performance.now();
    const answer = await post(arena, board, body(), options);
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer)).toContain(told);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(await stored(arena, board)).toEqual({ submissions: 0, predictions: 0, entrants: 0 });
  });

  test('without a name, under a wrong address, before it opens, where nobody asked for it', async () => {
    const csv = csvOf(guesses(arena, 5));
    expect(await post(arena, board, csv, { name: '' })).toMatchObject({
      status: 422,
      problems: [{ place: 'input.name' }],
    });
    expect((await post(arena, 'Leaderboard_99999', csv)).status).toBe(404);
    expect((await post(arena, arena.projectId, csv)).status).toBe(404);
    expect((await post(arena, board, csv, { type: 'application/zip' })).status).toBe(415);
    const opensAt = new Date(Date.now() + 1000_000).toISOString();
    const upcoming = await openCompetition(arena, 'Upcoming', { opensAt });
    expect(await post(arena, upcoming, csv)).toMatchObject({ status: 409, problems: [{ code: 'CONFLICT' }] });
    const input = {
      projectId: arena.projectId,
      datasetVersionId: arena.datasetVersionId,
      split: 'TEST',
      name: 'No competition',
    };
    const { leaderboard } = await done(
      arena.stack,
      arena.owner.credentials,
      'createLeaderboard',
      input,
      'leaderboard { id }',
    );
    expect(await post(arena, (leaderboard as { id: string }).id, csv)).toMatchObject({ status: 409 });
  });

  test('scores are wanted where they rank', async () => {
    const byScores = await openCompetition(arena, 'By scores', {}, { metric: 'logLoss' });
    expect(await post(arena, byScores, csvOf(guesses(arena, 5)))).toMatchObject({
      status: 422,
      problems: [{ message: expect.stringContaining('logLoss') as string }],
    });
    const answer = await post(
      arena,
      byScores,
      scored(() => '0.4,0.1,0.1,0.1,0.1,0.1,0.1'),
    );
    expect(answer.status).toBe(201);
    expect((await emil.client.waitForSubmission(answer.submission!)).publicScore!.value).toBeGreaterThan(0);
  });
});

test('what is to be predicted is told: samples and images, and nothing of their labels', async () => {
  const board = await openCompetition(arena, 'Samples');
  const response = await fetch(`${arena.stack.apiUrl}/leaderboards/${board}/samples.csv`, {
    headers: emil.credentials,
  });
  const lines = (await response.text()).trim().split('\n');
  expect(lines[0]).toBe('sample_index,image');
  expect(lines).toHaveLength(TESTED + 1);
  const [index, image] = lines[1]!.split(',');
  expect(index).toBe(String(FIRST_TESTED));
  expect((await fetch(`${arena.stack.apiUrl}/blobs/${image!}`, { headers: emil.credentials })).status).toBe(200);
});
