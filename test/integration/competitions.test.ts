import { publicPart } from '@samplewise/domain';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  csvOf,
  done,
  guesses,
  mutateAs,
  numberOf,
  openArena,
  openCompetition,
  rankedAs,
  SAMPLE_INDEX,
  submitted,
  TESTED,
  type Arena,
  type Somebody,
} from '../setup/competition.ts';
import { ANONYMOUS, askAs } from '../setup/people.ts';
import { post, stored } from '../setup/submissions.ts';

let arena: Arena;
let emil: Somebody;
let edda: Somebody;
let folder: string;
/** 1 for each sample of the public part. */
let isPublic: Uint8Array;

beforeAll(async () => {
  arena = await openArena();
  [emil, edda] = arena.entrants;
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-submissions-'));
  const { rows } = await arena.stack.pool.query<{ salt: string }>(
    'SELECT salt FROM hidden_labels WHERE version_id = $1',
    [numberOf(arena.datasetVersionId)],
  );
  isPublic = publicPart(arena.truth, rows[0]!.salt, 0.5);
});
afterAll(async () => {
  await arena.stack.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Share of right labels in a part. */
function accuracy(predicted: readonly number[], part: 0 | 1): number {
  const within = predicted.flatMap((label, i) => (isPublic[i] === part ? [label === arena.truth[i] ? 1 : 0] : []));
  return within.reduce<number>((sum, right) => sum + right, 0) / within.length;
}

describe('a competition', () => {
  test('ranks entrants by the public part until it closes, and by the private one from then on', async () => {
    const { stack, owner } = arena;
    const board = await openCompetition(arena, 'Faces', {}, { entryPer: 'MODEL_CONFIG', pick: 'BEST' });
    // Far apart: which samples are public is drawn, and a tie would leave open which of two is his best.
    const sent = { good: guesses(arena, 4), better: guesses(arena, TESTED), other: guesses(arena, 5, 2) };
    await submitted(arena, emil, board, sent.good, 'good');
    const better = await submitted(arena, emil, board, sent.better, 'better');
    await submitted(arena, edda, board, sent.other, 'other');
    // A ranking may have been made between the second and the third.
    const seen = await rankedAs(
      stack,
      ANONYMOUS,
      board,
      ({ entries: { edges } }) => edges.length === 2 && edges.some(({ node }) => node.submissions === 2),
    );
    expect(seen.labelsHidden).toBe(false);
    expect(seen.result).toMatchObject({ part: 'PUBLIC', samples: 35 });
    expect(seen.entries.edges.map(({ node }) => node)).toMatchObject([
      { entrant: 'emil', submissions: 2, run: null, submission: null, value: { value: accuracy(sent.better, 1) } },
      { entrant: 'edda', submissions: 1, name: 'other', value: { value: accuracy(sent.other, 1) } },
    ]);
    expect(seen.result!.checks.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['PUBLIC_PART', 'SUBMISSIONS', 'BEST_PICKED']),
    );

    // The score is told to its entrant, of the private part nothing; who decides sees both.
    const own = await emil.client.submission(better);
    expect(own).toMatchObject({
      status: 'SCORED',
      number: 2,
      publicScore: { value: accuracy(sent.better, 1) },
      privateScore: null,
    });
    expect(own.publicScore!.low).toBeLessThan(own.publicScore!.value!);
    await expect(edda.client.submission(better)).rejects.toThrow('There is no submission');
    await expect(arena.member.client.submission(better)).rejects.toThrow('There is no submission');
    expect(await owner.client.submission(better)).toMatchObject({ privateScore: { value: accuracy(sent.better, 0) } });

    await mutateAs(
      stack,
      owner.credentials,
      'setCompetition',
      { leaderboardId: board, closesAt: new Date().toISOString() },
      'leaderboard { id }',
    );
    const final = await rankedAs(stack, ANONYMOUS, board, ({ result }) => result?.part === 'PRIVATE');
    expect(final.entries.edges.map(({ node }) => node)).toMatchObject([
      { entrant: 'emil', value: { value: accuracy(sent.better, 0) }, publicValue: { value: accuracy(sent.better, 1) } },
      { entrant: 'edda', value: { value: accuracy(sent.other, 0) } },
    ]);
    // What was chosen by the public part is not too good on the private one.
    expect(final.result!.checks.map(({ code }) => code)).not.toContain('BEST_PICKED');
    expect(await emil.client.submission(better)).toMatchObject({ privateScore: { value: accuracy(sent.better, 0) } });
    expect(await post(arena, board, csvOf(sent.good))).toMatchObject({ status: 409, problems: [{ code: 'CONFLICT' }] });
    const again = { leaderboardId: board, closesAt: new Date(Date.now() + 3600_000).toISOString() };
    expect(await mutateAs(stack, owner.credentials, 'setCompetition', again, 'leaderboard { id }')).toMatchObject({
      problems: [{ code: 'CONFLICT' }],
    });
  });

  test('is revealed by who decides, after it has closed, if told so', async () => {
    const { stack, owner, member } = arena;
    const board = await openCompetition(arena, 'Later', { revealAtClose: false });
    const id = await submitted(arena, emil, board, guesses(arena, 6));
    const reveal = (who: Somebody) =>
      mutateAs(stack, who.credentials, 'revealCompetition', { leaderboardId: board }, 'leaderboard { id }');
    expect(await reveal(owner)).toMatchObject({ problems: [{ code: 'CONFLICT' }] });
    const now = { leaderboardId: board, closesAt: new Date().toISOString(), revealAtClose: false };
    await done(stack, owner.credentials, 'setCompetition', now, 'leaderboard { id }');
    expect((await emil.client.submission(id)).privateScore).toBeNull();
    expect(await reveal(member)).toMatchObject({ problems: [{ code: 'FORBIDDEN' }] });
    const shown = { datasetVersionId: arena.datasetVersionId, splits: ['TEST'] };
    expect(await mutateAs(stack, owner.credentials, 'showLabels', shown, 'datasetVersion { id }')).toMatchObject({
      problems: [{ code: 'CONFLICT' }],
    });
    await done(stack, owner.credentials, 'revealCompetition', { leaderboardId: board }, 'leaderboard { id }');
    await rankedAs(stack, ANONYMOUS, board, ({ result }) => result?.part === 'PRIVATE');
    expect((await emil.client.submission(id)).privateScore).toMatchObject({ value: accuracy(guesses(arena, 6), 0) });
    const { rows } = await stack.pool.query('SELECT action FROM audit_entry WHERE target = $1 ORDER BY id', [board]);
    expect(rows).toEqual([
      { action: 'competition.set' },
      { action: 'competition.set' },
      { action: 'competition.reveal' },
    ]);
  });

  test('ranks no runs, whose number nobody limits, and its rule is for who decides', async () => {
    const { stack, owner, member, projectId, datasetVersionId } = arena;
    const board = await openCompetition(arena, 'No runs');
    const input = { projectId, name: 'Mine', datasetVersionId, split: 'TEST' };
    const { experiment } = await done(stack, member.credentials, 'createExperiment', input, 'experiment { id }');
    const { run } = await done(
      stack,
      member.credentials,
      'createRun',
      { experimentId: (experiment as { id: string }).id },
      'run { id }',
    );
    const { id: runId } = run as { id: string };
    const batch = { runId, batchId: 'one', sampleIndex: SAMPLE_INDEX, predicted: guesses(arena, 9) };
    await done(stack, member.credentials, 'logPredictions', batch, 'sampleDone');
    await done(stack, member.credentials, 'finishRun', { runId }, 'run { id }');
    expect(await member.client.waitForRun(runId)).toMatchObject({ status: 'FINISHED', evaluation: null });
    expect((await owner.client.run(runId)).evaluation).not.toBeNull();
    await submitted(arena, emil, board, guesses(arena, 9));
    const { entries } = await rankedAs(stack, member.credentials, board, (b) => b.entries.totalCount > 0);
    expect(entries.edges).toMatchObject([{ node: { entrant: 'emil', run: null } }]);
    for (const [name, change] of [
      ['updateLeaderboard', { leaderboardId: board, expectedRevision: 1, metric: 'macroRecall' }],
      ['deleteLeaderboard', { leaderboardId: board }],
      ['setCompetition', { leaderboardId: board, closesAt: '2100-01-01T00:00:00Z', publicShare: 0.9 }],
    ] as const) {
      expect(await mutateAs(stack, member.credentials, name, change, '__typename')).toMatchObject({
        problems: [{ code: 'FORBIDDEN' }],
      });
    }
    const revision = await askAs(
      stack.apiUrl,
      owner.credentials,
      `{ node(id: "${board}") { ... on Leaderboard { revision } } }`,
    );
    const cost = {
      leaderboardId: board,
      expectedRevision: (revision.data!.node as { revision: number }).revision,
      metric: 'logged:loss',
    };
    expect(await mutateAs(stack, owner.credentials, 'updateLeaderboard', cost, '__typename')).toMatchObject({
      problems: [{ code: 'INVALID_VALUE', place: 'input.metric' }],
    });
    const share = { leaderboardId: board, closesAt: '2100-01-01T00:00:00Z', publicShare: 0.9 };
    expect(await mutateAs(stack, owner.credentials, 'setCompetition', share, '__typename')).toMatchObject({
      problems: [{ code: 'CONFLICT', place: 'input.publicShare' }],
    });
  });

  test('needs labels that are hidden, of one split', async () => {
    const { stack, owner, projectId, datasetVersionId } = arena;
    for (const split of ['TRAIN', null]) {
      const input = { projectId, datasetVersionId, split, name: `Open ${split}` };
      const { leaderboard } = await done(stack, owner.credentials, 'createLeaderboard', input, 'leaderboard { id }');
      const rule = { leaderboardId: (leaderboard as { id: string }).id, closesAt: '2100-01-01T00:00:00Z' };
      expect(await mutateAs(stack, owner.credentials, 'setCompetition', rule, '__typename')).toMatchObject({
        problems: [{ code: 'CONFLICT', place: 'input.leaderboardId' }],
      });
    }
  });

  test('takes a file from the command of a program with a token, and tells the score', async () => {
    const board = await openCompetition(arena, 'Files');
    const predicted = guesses(arena, 8);
    const file = path.join(folder, 'guesses.csv.gz');
    await writeFile(file, gzipSync(csvOf(predicted)));
    const options = { leaderboardId: board, file, name: 'from a file' };
    const first = await edda.client.submit(options);
    expect(first).toMatchObject({ repeated: false, submission: { number: 1, entrant: 'edda' } });
    const scored = await edda.client.waitForSubmission(first.submission.id);
    expect(scored.publicScore!.value).toBe(accuracy(predicted, 1));
    // The same file under the same name is not sent twice.
    expect(await edda.client.submit(options)).toMatchObject({ repeated: true, submission: { id: scored.id } });
    expect(await stored(arena, board)).toEqual({ submissions: 1, predictions: TESTED, entrants: 1 });
  });
});

describe('who may submit', () => {
  test('is whoever sees it, in a name of his own, with a token for it', async () => {
    const { stack, owner, viewer } = arena;
    const board = await openCompetition(arena, 'Who');
    const csv = csvOf(guesses(arena, 4));
    const tokenOf = async (input: object): Promise<Somebody> => {
      const { secret } = await done(stack, owner.credentials, 'createServiceToken', input, 'secret');
      return { ...viewer, credentials: { authorization: `Bearer ${String(secret)}` } };
    };
    const { rows } = await stack.pool.query<{ id: string }>(
      `INSERT INTO team (slug, name) VALUES ('many', 'Many names') RETURNING id`,
    );
    await stack.pool.query(
      `INSERT INTO membership (team_id, person_id, role) SELECT $1, id, 'OWNER' FROM person WHERE name = 'olga'`,
      [rows[0]!.id],
    );
    const other = await tokenOf({ teamId: `Team_${rows[0]!.id}`, name: 's', scope: 'ADMIN', role: 'OWNER' });
    expect((await post(arena, board, csv, { who: viewer })).status).toBe(201);
    // The organisers see the labels, which the board says.
    expect((await post(arena, board, csv, { who: owner })).status).toBe(201);
    expect(await post(arena, board, csv, { who: other })).toMatchObject({ status: 403 });
    expect(await post(arena, board, csv, { who: { ...emil, credentials: ANONYMOUS } })).toMatchObject({ status: 401 });
    const { result } = await rankedAs(stack, ANONYMOUS, board, ({ entries }) => entries.totalCount === 2);
    expect(result!.checks).toContainEqual({ code: 'KNEW_LABELS', count: 1 });
    await done(
      stack,
      owner.credentials,
      'updateProject',
      { projectId: arena.projectId, visibility: 'TEAM', expectedRevision: 1 },
      'project { id }',
    );
    expect(await post(arena, board, csv)).toMatchObject({ status: 404 });
    expect((await post(arena, board, csv, { who: viewer })).status).toBe(201);
    await done(
      stack,
      owner.credentials,
      'updateProject',
      { projectId: arena.projectId, visibility: 'PUBLIC', expectedRevision: 2 },
      'project { id }',
    );
  });

  test('is told how he stands', async () => {
    const board = await openCompetition(arena, 'Standing', { dailyLimit: 2 });
    const standing = async (who: Somebody) =>
      (
        await askAs(
          arena.stack.apiUrl,
          who.credentials,
          `{ node(id: "${board}") { ... on Leaderboard {
          submissions { totalCount edges { node { entrant } } }
          competition { state samples publicSamples entrants submissions dailyLimit viewer { submissionsToday submissionsLeft refusal { code } } } } } }`,
        )
      ).data!.node;
    await submitted(arena, emil, board, guesses(arena, 3));
    expect(await standing(emil)).toMatchObject({
      submissions: { totalCount: 1, edges: [{ node: { entrant: 'emil' } }] },
      competition: {
        state: 'OPEN',
        samples: TESTED,
        publicSamples: 35,
        entrants: 1,
        submissions: 1,
        viewer: { submissionsToday: 1, submissionsLeft: 1, refusal: null },
      },
    });
    expect(await standing(edda)).toMatchObject({
      submissions: { totalCount: 0 },
      competition: { viewer: { submissionsLeft: 2 } },
    });
    expect(await standing({ ...emil, credentials: ANONYMOUS })).toMatchObject({ submissions: { totalCount: 0 } });
    expect(await standing(arena.member)).toMatchObject({ submissions: { totalCount: 0 } });
    expect(await standing(arena.admin)).toMatchObject({ submissions: { totalCount: 1 } });
  });
});

test('a board that goes takes its submissions along, and executors their predictions', async () => {
  const { stack, owner } = arena;
  const board = await openCompetition(arena, 'Gone');
  await submitted(arena, emil, board, guesses(arena, 3));
  const before = await stack.pool.query<{ run_id: bigint }>(
    'SELECT -id AS run_id FROM submission WHERE leaderboard_id = $1',
    [numberOf(board)],
  );
  await done(stack, owner.credentials, 'deleteLeaderboard', { leaderboardId: board }, 'leaderboardId');
  const { rows } = await stack.pool.query('SELECT run_id FROM abandoned_predictions');
  expect(rows).toEqual(before.rows);
  // It empties the bin when it starts.
  await stack.startExecutor();
  await expect
    .poll(
      async () =>
        (await stack.pool.query('SELECT 1 FROM prediction WHERE run_id = $1', [before.rows[0]!.run_id])).rowCount,
      { timeout: 30_000 },
    )
    .toBe(0);
});
