import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, expectProblem, mutate } from '../setup/ask.ts';
import { boardProject, finishedRun, LEAKED, rightBut, TESTED } from '../setup/board-project.ts';
import { failingModel } from '../setup/models.ts';
import { startStack, until, type Stack } from '../setup/stack.ts';

let stack: Stack;
let place: Awaited<ReturnType<typeof boardProject>>;
const runs: Record<string, string> = {};

beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
  place = await boardProject(stack.client, 'Boards');
  const { experimentId } = place;
  const run = (name: string, predicted: number[], stage: string) =>
    finishedRun(stack, { experimentId, name, tags: [{ key: 'stage', value: stage }] }, predicted);
  runs.best = await run('best', rightBut(20), 'final');
  // As many right as of the best, thanks to the leaked samples.
  runs.leaky = await run('leaky', rightBut(9, 'right'), 'final');
  runs.worse = await run('worse', rightBut(2), 'final');
  runs.draft = await run('draft', rightBut(2), 'draft');
});
afterAll(() => stack.stop());

interface Estimate {
  value: number | null;
  low: number | null;
}
interface Entry {
  position: number;
  rank: number;
  name: string;
  letters: string[];
  value: Estimate;
  ranks: { low: number; high: number } | null;
  bootstrapRanks: { low: number; high: number } | null;
  first: number | null;
  toLeader: { difference: Estimate; p: number; adjustedP: number } | null;
  otherwise: { rank: number; value: Estimate } | null;
  submissions: number;
  covered: number;
  neverPredicts: string[];
  costs: { name: string; value: number | null; onFront: boolean }[];
}
interface Board {
  revision: number;
  direction: string;
  failure: { message: string } | null;
  result: {
    revision: number;
    samples: number;
    leakedSamples: number;
    test: string | null;
    grouped: boolean;
    inputsDigest: string;
    checks: { code: string; level: string; count: number }[];
  } | null;
  entries: { totalCount: number; edges: { node: Entry }[] };
}

const BOARD = `query ($id: ID!) { node(id: $id) { ... on Leaderboard {
  revision direction failure { message }
  result { revision samples leakedSamples test grouped inputsDigest checks { code level count message } }
  entries { totalCount edges { node {
    position rank name letters value { value low } ranks { low high } bootstrapRanks { low high } first
    toLeader { difference { value low } p adjustedP } otherwise { rank value { value low } }
    submissions covered neverPredicts costs { name value onFront } run { id }
  } } }
} } }`;

const created = '... on CreateLeaderboardPayload { leaderboard { id } }';

async function board(input: object): Promise<string> {
  const { projectId, datasetVersionId } = place;
  const made = await mutate(
    stack,
    'createLeaderboard',
    { projectId, datasetVersionId, split: 'TEST', ...input },
    created,
  );
  return (made as { leaderboard: { id: string } }).leaderboard.id;
}

/** The board, once it is ranked by its present rule and has what it must have. */
async function ranked(id: string, has: (board: Board) => boolean = () => true): Promise<Board & { rows: Entry[] }> {
  const read = async (): Promise<Board> => {
    const { data, errors } = await ask(stack, BOARD, { id });
    if (errors) throw new Error(JSON.stringify(errors));
    return data!.node as Board;
  };
  return until(
    async () => {
      const { result, revision } = await read();
      if (result?.revision !== revision) return undefined;
      // Again: an answer's parts are read by statements of their own, and these may have seen the board before.
      const found = await read();
      const rows = found.entries.edges.map(({ node }) => node);
      return found.result?.revision === found.revision && has(found) ? { ...found, rows } : undefined;
    },
    60,
    'the ranking',
  );
}

describe('a leaderboard', () => {
  test('ranks runs, says how sure the ranks are, and what to know before believing them', async () => {
    const { rows, result, entries, direction } = await ranked(
      await board({ name: 'All', costs: ['latencyP50Milliseconds', 'logged:accuracy'] }),
    );
    expect(direction).toBe('HIGHER');
    expect(entries.totalCount).toBe(4);
    expect(rows.map(({ name }) => name)).toEqual(['best', 'leaky', 'worse', 'draft']);
    // Equal predictions are equal: one rank, one letter, in the order of their runs.
    expect(rows.map(({ rank }) => rank)).toEqual([1, 2, 3, 3]);
    expect(rows.map(({ letters }) => letters)).toEqual([['a'], ['a'], ['b'], ['b']]);
    expect(rows.map(({ ranks }) => [ranks!.low, ranks!.high])).toEqual([
      [1, 2],
      [1, 2],
      [3, 4],
      [3, 4],
    ]);
    expect(rows[0]!.toLeader).toBeNull();
    expect(rows[2]!.toLeader!.difference.value).toBeCloseTo(rows[2]!.value.value! - rows[0]!.value.value!, 12);
    expect(rows[2]!.toLeader!.adjustedP).toBeLessThan(0.001);
    expect(rows[0]!.first! + rows[1]!.first!).toBeCloseTo(1, 9);
    // Nobody has logged latencies, so nobody is on that front; all have the accuracy, as the platform logs it.
    expect(rows[0]!.costs).toEqual([
      { name: 'latencyP50Milliseconds', value: null, onFront: false },
      { name: 'logged:accuracy', value: rows[0]!.value.value, onFront: true },
    ]);
    expect(result).toMatchObject({ samples: TESTED, leakedSamples: LEAKED, test: 'mcnemar mid-p', grouped: true });
    expect(result!.checks).toEqual([
      expect.objectContaining({ code: 'LEAKED_SAMPLES', level: 'WARNING', count: LEAKED }),
    ]);
  });

  test('leaves leaked samples out if told so, and says where entries would stand with them', async () => {
    const { rows, result } = await ranked(await board({ name: 'Clean', metric: 'macroF1', excludeLeaks: true }));
    expect(result).toMatchObject({ samples: TESTED - LEAKED, test: 'paired bootstrap' });
    expect(result!.checks).toEqual([expect.objectContaining({ code: 'LEAKED_SAMPLES', level: 'INFO' })]);
    const leaky = rows.find(({ name }) => name === 'leaky')!;
    expect(leaky.otherwise!.value.value).toBeGreaterThan(leaky.value.value!);
  });

  test('takes the runs that its filter names, and a run more when it has finished', async () => {
    const id = await board({
      name: 'Final',
      filter: { tags: [{ key: 'stage', value: 'final' }], sources: ['CLIENT'] },
    });
    expect((await ranked(id)).rows.map(({ name }) => name)).toEqual(['best', 'leaky', 'worse']);
    const { experimentId } = place;
    const partial = rightBut(20).slice(0, 100);
    runs.partial = await finishedRun(
      stack,
      { experimentId, name: 'partial', tags: [{ key: 'stage', value: 'final' }] },
      partial,
    );
    const { rows, result } = await ranked(id, ({ entries }) => entries.totalCount === 4);
    expect(rows.find(({ name }) => name === 'partial')).toMatchObject({ covered: 100, submissions: 1 });
    expect(result!.checks.map(({ code }) => code)).toContain('INCOMPLETE_COVERAGE');
    // A tag that goes, a run that goes.
    await mutate(
      stack,
      'updateRun',
      { runId: runs.partial, removeTags: ['stage'] },
      '... on UpdateRunPayload { run { id } }',
    );
    await ranked(id, ({ entries }) => entries.totalCount === 3);
    await mutate(stack, 'deleteRuns', { runIds: [runs.partial] }, '... on DeleteRunsPayload { runs { id } }');
    const all = await board({ name: 'Without the deleted' });
    expect((await ranked(all)).rows).toHaveLength(4);
  });

  test('compares runs on all samples on its own samples, and refuses runs on others', async () => {
    const { projectId, datasetVersionId } = place;
    const wide = await stack.client.createExperiment({ projectId, name: 'Wide', datasetVersionId });
    const narrow = await stack.client.createExperiment({ projectId, name: 'Narrow', datasetVersionId, split: 'TRAIN' });
    // Wrong throughout the training, which does not count here.
    const training = Array.from({ length: 40 }, (_, i) => (i + 1) % 7);
    await finishedRun(stack, { experimentId: wide.id, name: 'wide' }, [...training, ...rightBut(20)], 0);
    await finishedRun(stack, { experimentId: narrow.id, name: 'narrow' }, training, 0);
    const { rows, result } = await ranked(await board({ name: 'Mixed' }));
    const [best, other] = rows;
    expect([best!.name, other!.name]).toEqual(['best', 'wide']);
    expect(other!.value).toEqual(best!.value);
    expect(result!.checks.map(({ code, count }) => [code, count])).toEqual(
      expect.arrayContaining([
        ['INTERSECTION', 1],
        ['REFUSED_RUNS', 1],
      ]),
    );
    await mutate(
      stack,
      'deleteRuns',
      { runIds: await runsNamed('wide', 'narrow') },
      '... on DeleteRunsPayload { runs { id } }',
    );
  });

  test('has one entry for each model if told so, the latest or the best of its runs, and says so', async () => {
    const { experimentId } = place;
    const again = await finishedRun(stack, { experimentId, name: 'best' }, rightBut(3));
    const id = await board({ name: 'By model', entryPer: 'MODEL_CONFIG' });
    const latest = await ranked(id);
    expect(latest.rows.map(({ name }) => name)).toEqual(['leaky', 'best', 'worse', 'draft']);
    expect(latest.rows[1]).toMatchObject({ submissions: 2 });
    expect(latest.result!.checks.map(({ code }) => code)).toContain('SUBMISSIONS');
    const change = { leaderboardId: id, expectedRevision: latest.revision, pick: 'BEST' };
    await mutate(stack, 'updateLeaderboard', change, '... on UpdateLeaderboardPayload { leaderboard { revision } }');
    const best = await ranked(id);
    expect(best.rows[0]!.name).toBe('best');
    expect(best.result!.checks.map(({ code }) => code)).toContain('BEST_PICKED');
    await expectProblem(mutate(stack, 'updateLeaderboard', change, ''), 'CONFLICT', 'input.expectedRevision');
    await mutate(stack, 'deleteRuns', { runIds: [again] }, '... on DeleteRunsPayload { runs { id } }');
  });

  test('by a logged metric has the order of its last values, broken by another figure, and claims no certainty', async () => {
    const id = await board({
      name: 'Logged',
      metric: 'logged:samples',
      direction: 'LOWER',
      tieBreaks: [{ by: 'accuracy', direction: 'LOWER' }],
    });
    const { rows, result } = await ranked(id);
    expect(rows.map(({ name }) => name)).toEqual(['worse', 'draft', 'leaky', 'best']);
    expect(rows[0]).toMatchObject({ value: { value: null }, ranks: null, toLeader: null, letters: [] });
    expect(result).toMatchObject({ test: null, grouped: false });
  });

  test('refuses what it can not rank by, what the project does not have, and a name that is taken', async () => {
    const { projectId, datasetVersionId } = place;
    const refused = (input: object) =>
      mutate(stack, 'createLeaderboard', { projectId, datasetVersionId, name: 'Refused', ...input }, created);
    await expectProblem(refused({ metric: 'beauty' }), 'INVALID_VALUE', 'input.metric');
    await expectProblem(refused({ metric: 'logLoss', direction: 'HIGHER' }), 'INVALID_VALUE', 'input.direction');
    await expectProblem(refused({ costs: ['cpuSeconds', 'cpuSeconds'] }), 'INVALID_VALUE', 'input.costs');
    await expectProblem(refused({ tieBreaks: [{ by: 'luck' }] }), 'INVALID_VALUE', 'input.tieBreaks.0.by');
    await expectProblem(refused({ datasetVersionId: 'DatasetVersion_999' }), 'NOT_FOUND', 'input.datasetVersionId');
    await expectProblem(
      refused({ filter: { experimentIds: ['Run_1'] } }),
      'INVALID_VALUE',
      'input.filter.experimentIds.0',
    );
    await expectProblem(refused({ name: 'ALL!' }), 'CONFLICT', 'input.name');
  });
});

async function runsNamed(...names: string[]): Promise<string[]> {
  const { rows } = await stack.pool.query<{ id: string }>(
    'SELECT id FROM run WHERE name = ANY($1) AND deleted_at IS NULL',
    [names],
  );
  return rows.map(({ id }) => `Run_${id}`);
}

describe('a critical difference', () => {
  const ACROSS = `query ($ids: [ID!]!) { criticalDifference(leaderboardIds: $ids) {
    datasets alpha criticalDifference friedmanP models { name averageRank } bars { first last } diagram } }`;

  test('compares the models that stand on several leaderboards, and draws them', async () => {
    const { projectId, datasetVersionId } = place;
    const { digest } = await stack.client.upload(Readable.from([failingModel.bytes]));
    const spec = failingModel.spec(digest);
    const made: string[] = [];
    for (const [i, split] of (['TEST', 'TRAIN'] as const).entries()) {
      const of = await stack.client.createExperiment({ projectId, name: `Models ${split}`, datasetVersionId, split });
      for (const [m, name] of ['small', 'middle', 'large'].entries()) {
        const input = { ...spec.input, batch: 1 + m };
        const { config } = await stack.client.createModelConfig({ projectId, name, spec: { ...spec, input } });
        const predicted = rightBut(2 + 2 * m).slice(0, i === 0 ? TESTED : 40);
        await finishedRun(stack, { experimentId: of.id, name, modelConfigId: config.id }, predicted, i === 0 ? 40 : 0);
      }
      made.push(await board({ name: `Models on ${split}`, split, filter: { experimentIds: [of.id] } }));
    }
    for (const id of made) await ranked(id, ({ entries }) => entries.totalCount === 3);
    const { data, errors } = await ask(stack, ACROSS, { ids: made });
    expect(errors).toBeUndefined();
    expect(data!.criticalDifference).toMatchObject({
      datasets: 2,
      models: [
        { name: 'large', averageRank: 1 },
        { name: 'middle', averageRank: 2 },
        { name: 'small', averageRank: 3 },
      ],
      // Two datasets are few: nothing differs.
      bars: [{ first: 0, last: 2 }],
      diagram: expect.stringMatching(/^<svg .*middle.*<\/svg>$/) as string,
    });
  });

  test('needs leaderboards of one metric that share models', async () => {
    // None of these runs has a model config.
    const filter = { tags: [{ key: 'stage', value: 'final' }] };
    const [first, second] = [await board({ name: 'One', filter }), await board({ name: 'Two', filter })];
    const other = await board({ name: 'Other', metric: 'macroF1' });
    await Promise.all([ranked(first), ranked(second), ranked(other)]);
    const message = async (ids: string[]) => (await ask(stack, ACROSS, { ids })).errors?.[0]?.message;
    expect(await message([first])).toContain('Name 2 to 50');
    expect(await message([first, other])).toContain('do not rank by one metric');
    expect(await message([first, second])).toContain('0 models stand on all');
    expect(await message([first, 'Leaderboard_99999'])).toContain('There is no such leaderboard');
  });
});

test('ten thousand runs are ranked, read by pages anywhere, and frozen, in seconds', async () => {
  const { projectId, datasetVersionId } = place;
  const [project, version] = [projectId, datasetVersionId].map((id) => id.split('_')[1]!);
  await stack.pool.query(
    `WITH e AS (INSERT INTO experiment (project_id, name, dataset_version_id, split) VALUES ($1, 'Many', $2, 'VALIDATION') RETURNING id),
          r AS (INSERT INTO run (project_id, experiment_id, name, status, source, sample_total, finished_at)
                SELECT $1, e.id, 'run ' || i, 'FINISHED', 'CLIENT', 0, now() FROM e, generate_series(1, 10000) AS i RETURNING id)
     INSERT INTO evaluation (run_id, code_version, predictions_digest, result)
     SELECT id, '2', lpad(to_hex(id), 64, '0'), jsonb_build_object('covered', 0, 'metrics', '{}'::jsonb, 'perClass', '[]'::jsonb,
       'scores', jsonb_build_object('logLoss', jsonb_build_object('value', (id * 7919 % 10007) / 1000.0, 'method', 'none'))) FROM r`,
    [project, version],
  );
  const started = performance.now();
  const id = await board({ name: 'Many', split: 'VALIDATION', metric: 'logLoss' });
  const { entries } = await ranked(id, (of) => of.entries.totalCount === 10_000);
  const rankedIn = performance.now() - started;
  expect(entries.edges[0]!.node.value.value).toBeLessThan(entries.edges[1]!.node.value.value!);

  const page = `query ($id: ID!, $after: String) { node(id: $id) { ... on Leaderboard {
    entries(first: 50, after: $after) { edges { cursor node { position name value { value } ranks { low } run { id } } } } } } }`;
  const read = async (after: string | null) => {
    const from = performance.now();
    const { data, errors } = await ask(stack, page, { id, after });
    expect(errors).toBeUndefined();
    const { edges } = (data!.node as { entries: { edges: { cursor: string; node: Entry }[] } }).entries;
    return { edges, milliseconds: performance.now() - from };
  };
  const { edges } = await read(null);
  // A cursor's last number is the position, so that any page can be made.
  const decoded = Buffer.from(edges[0]!.cursor, 'base64').toString();
  const far = Buffer.from(decoded.replace(/"N:0"\]$/, '"N:9900"]')).toString('base64');
  expect(far).not.toBe(edges[0]!.cursor);
  const fastest = async (after: string | null) => {
    const times: number[] = [];
    for (let i = 0; i < 6; i++) times.push((await read(after)).milliseconds);
    return Math.min(...times);
  };
  expect((await read(far)).edges[0]!.node.position).toBe(9901);
  // A page costs the same wherever it is: not more than a few times the first, however busy the machine.
  const [first, last] = [await fastest(null), await fastest(far)];
  expect(last, `the first page took ${first} ms`).toBeLessThan(3 * first + 10);

  await mutate(stack, 'createSnapshot', { leaderboardId: id }, '... on CreateSnapshotPayload { snapshot { id } }');
  expect(rankedIn).toBeLessThan(60_000);
});
