import { Manifest } from '@samplewise/domain';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  boardAs,
  done,
  EMOTIONS,
  FIRST_TESTED,
  guesses,
  hiddenCsv,
  importHidden,
  mutateAs,
  numberOf,
  openArena,
  rankedAs,
  runOf,
  SAMPLE_INDEX,
  TESTED,
  type Arena,
  type Somebody,
} from '../setup/competition.ts';
import { askAs } from '../setup/people.ts';

let arena: Arena;
/** A run of the member on the hidden samples, evaluated. */
let runId: string;

beforeAll(async () => {
  arena = await openArena();
  runId = await runOf(arena, arena.datasetVersionId, 'Hidden', guesses(arena, 9));
});
afterAll(() => arena.stack.stop());

const RUN = `labelsHidden metricValues(keys: ["accuracy", "macro_f1"]) evaluation { accuracy { value } }
  slices(by: LABEL) { looks } curves(label: "sad") { label }
  predictions(first: 1) { edges { node { correct sample { index label source } } } }`;

async function runAs(who: Somebody, id: string, fields = RUN) {
  const { data, errors } = await askAs(
    arena.stack.apiUrl,
    who.credentials,
    `{ node(id: "${id}") { ... on Run { ${fields} } } }`,
  );
  return {
    run: data?.node as Record<string, unknown> | null,
    codes: errors?.map(({ extensions }) => problemOf(extensions)),
  };
}

const problemOf = ({ code, problems }: { code: string; problems?: unknown }): string =>
  (problems as { code: string }[] | undefined)?.[0]?.code ?? code;

describe('a version that hides its labels from the beginning', () => {
  test('has them last, in an order that tells nothing, behind a digest that nobody can guess at', async () => {
    const { stack, owner, projectId, datasetVersionId } = arena;
    const { rows } = await stack.pool.query<{ index: number; split: 'TRAIN' | 'TEST'; label: number; digest: string }>(
      'SELECT index, split, label, digest FROM sample WHERE version_id = $1 ORDER BY index',
      [numberOf(datasetVersionId)],
    );
    expect(rows.findIndex(({ split }) => split === 'TEST')).toBe(FIRST_TESTED);
    const images = rows.slice(FIRST_TESTED).map(({ digest }) => digest);
    expect(images).toEqual([...images].sort());
    const { rows: hidden } = await stack.pool.query<{ salt: string; commitment: string; digest: string }>(
      'SELECT salt, commitment, digest FROM hidden_labels JOIN dataset_version ON id = version_id WHERE version_id = $1',
      [numberOf(datasetVersionId)],
    );
    const { salt, commitment, digest } = hidden[0]!;
    const manifest = new Manifest(EMOTIONS, new Map([['TEST', salt]]));
    rows.forEach((row) => manifest.add(row));
    expect(manifest.end()).toEqual({ digest, sealed: [{ split: 'TEST', salt, commitment }] });

    // The same file again is a version of its own: that it is there already would tell that the labels are the same.
    const again = await importHidden(owner, projectId, hiddenCsv(), 'again');
    expect(again).not.toBe(datasetVersionId);
    const { digest: uploadDigest } = await owner.client.upload(Readable.from([hiddenCsv()]));
    const source = { format: 'fer-csv', fileName: 'f.csv', uploadDigest } as const;
    const { id } = await owner.client.importDataset({ projectId, dataset: 'Faces', version: 'open', ...source });
    expect(await owner.client.waitForImport(id)).toMatchObject({ status: 'FINISHED', alreadyExisted: false });
  });

  test('does not keep the file, and tells nothing of what is wrong with one', async () => {
    const { stack, owner, member, projectId } = arena;
    const { rows } = await stack.pool.query(
      `SELECT 1 FROM dataset_import WHERE cardinality(hidden_splits) > 0 AND upload_digest IS NOT NULL`,
    );
    expect(rows).toEqual([]);
    const wrong = hiddenCsv().replace(/\n[0-6],/, '\n9,');
    await expect(importHidden(owner, projectId, wrong, 'wrong')).rejects.toThrow('UNKNOWN_LABEL');
    const { rows: failed } = await stack.pool.query<{ id: string; upload_digest: string }>(
      `SELECT id, upload_digest FROM dataset_import WHERE version_name = 'wrong'`,
    );
    const ask = async (who: Somebody) =>
      (
        await askAs(
          stack.apiUrl,
          who.credentials,
          `{ node(id: "DatasetImport_${failed[0]!.id}") { ... on DatasetImport { problemCount problems { code } } } }`,
        )
      ).data!.node;
    expect(await ask(owner)).toMatchObject({ problemCount: 1, problems: [{ code: 'UNKNOWN_LABEL' }] });
    expect(await ask(member)).toEqual({ problemCount: 0, problems: [] });
    const blob = (who: Somebody) =>
      fetch(`${stack.apiUrl}/blobs/${failed[0]!.upload_digest}`, { headers: who.credentials }).then((r) => r.status);
    expect([await blob(owner), await blob(member), await blob(arena.entrants[0])]).toEqual([200, 404, 404]);
  });

  test('is for admins to make, and has such samples', async () => {
    const { member, owner, projectId } = arena;
    await expect(importHidden(member, projectId, hiddenCsv(2), 'mine')).rejects.toThrow('role ADMIN');
    const training = hiddenCsv(2).replaceAll('PrivateTest', 'Training');
    await expect(importHidden(owner, projectId, training, 'none')).rejects.toThrow('No sample is of the split TEST');
  });
});

describe('whoever does not see the labels', () => {
  test('sees runs without what is made of them', async () => {
    const { owner, member, viewer, entrants } = arena;
    for (const who of [member, viewer, entrants[0]]) {
      expect((await runAs(who, runId)).run).toEqual({
        labelsHidden: true,
        metricValues: [0.25, null],
        evaluation: null,
        slices: null,
        curves: null,
        predictions: {
          edges: [{ node: { correct: null, sample: { index: FIRST_TESTED, label: null, source: null } } }],
        },
      });
    }
    const { run } = await runAs(owner, runId);
    expect(run).toMatchObject({
      labelsHidden: false,
      evaluation: { accuracy: { value: expect.any(Number) as number } },
    });
  });

  test('can not ask by them, by filters, comparisons or exports', async () => {
    const { stack, member, owner, datasetVersionId } = arena;
    const other = await runOf(arena, datasetVersionId, 'Other', guesses(arena, 4));
    for (const args of ['truth: "sad"', 'correct: true', `comparedTo: "${other}", outcome: FIXED`]) {
      const fields = `predictions(${args}) { totalCount }`;
      expect(await runAs(member, runId, fields)).toMatchObject({ codes: ['LABELS_HIDDEN'] });
      expect((await runAs(owner, runId, fields)).run).toMatchObject({
        predictions: { totalCount: expect.any(Number) as number },
      });
    }
    const ask = (query: string, who = member) => askAs(stack.apiUrl, who.credentials, query);
    const comparison = `{ comparison(runIds: ["${runId}", "${other}"]) { samples } }`;
    expect(problemOf((await ask(comparison)).errors![0]!.extensions)).toBe('LABELS_HIDDEN');
    expect((await ask(comparison, owner)).data).toEqual({ comparison: { samples: TESTED } });
    const version = (fields: string) => `{ node(id: "${datasetVersionId}") { ... on DatasetVersion { ${fields} } } }`;
    for (const args of ['label: 3', 'label: 3, split: TEST']) {
      const { errors } = await ask(version(`samples(${args}) { totalCount }`));
      expect(problemOf(errors![0]!.extensions)).toBe('LABELS_HIDDEN');
    }
    // Of other splits there is nothing to hide.
    expect(
      (await ask(version('samples(label: 3, split: TRAIN) { totalCount } classBalance { split }'))).data!.node,
    ).toEqual({
      samples: { totalCount: expect.any(Number) as number },
      classBalance: new Array(7).fill({ split: 'TRAIN' }),
    });
    const exported = async (who: Somebody) =>
      (await (await fetch(`${stack.apiUrl}/runs/${runId}/predictions.csv`, { headers: who.credentials })).text()).split(
        '\n',
      )[1];
    expect(await exported(member)).toMatch(/^21,TEST,,,\w+,PREDICTED/);
    expect(await exported(owner)).toMatch(/^21,TEST,row \d+,\w+,\w+,PREDICTED/);
  });

  test('nobody else sees a board over hidden labels without a competition', async () => {
    const { stack, owner, member } = arena;
    const input = {
      projectId: arena.projectId,
      datasetVersionId: arena.datasetVersionId,
      split: 'TEST',
      name: 'Sealed',
      visibility: 'PUBLIC',
    };
    const { leaderboard } = await done(stack, owner.credentials, 'createLeaderboard', input, 'leaderboard { id }');
    const { id } = leaderboard as { id: string };
    await rankedAs(stack, owner.credentials, id, ({ result }) => result !== null);
    expect(await boardAs(stack, member.credentials, id)).toMatchObject({
      labelsHidden: true,
      result: null,
      entries: { totalCount: 0, edges: [] },
    });
    expect((await fetch(`${stack.apiUrl}/boards/${id}.atom`)).status).toBe(404);
    // The member's runs stand on it, for who sees the labels.
    expect((await boardAs(stack, owner.credentials, id)).entries.totalCount).toBe(2);
    expect(
      await mutateAs(stack, member.credentials, 'createSnapshot', { leaderboardId: id }, 'snapshot { id }'),
    ).toMatchObject({ problems: [{ code: 'LABELS_HIDDEN' }] });
    const { snapshot } = await done(
      stack,
      owner.credentials,
      'createSnapshot',
      { leaderboardId: id },
      'snapshot { id sealed }',
    );
    expect(snapshot).toMatchObject({ sealed: true });
    const link = { snapshotId: (snapshot as { id: string }).id };
    expect(await mutateAs(stack, owner.credentials, 'createLeaderboardLink', link, 'token')).toMatchObject({
      problems: [{ code: 'LABELS_HIDDEN' }],
    });
  });
});

describe('labels that were seen before', () => {
  test('are hidden with what was made of them, and shown again with the salt of their digest', async () => {
    const { stack, owner, member, projectId } = arena;
    const { digest: uploadDigest } = await owner.client.upload(Readable.from([hiddenCsv(5)]));
    const source = { format: 'fer-csv', fileName: 'f.csv', uploadDigest } as const;
    const { id } = await owner.client.importDataset({ projectId, dataset: 'Faces', version: 'seen', ...source });
    const { datasetVersion } = await owner.client.waitForImport(id);
    const datasetVersionId = datasetVersion!.id;
    const seen = await runOf(
      arena,
      datasetVersionId,
      'Seen',
      SAMPLE_INDEX.map(() => 3),
    );
    const before = await runAs(
      member,
      seen,
      'metricValues(keys: ["accuracy", "macro_f1"]) evaluation { accuracy { value } }',
    );
    const { value } = (before.run!.evaluation as { accuracy: { value: number } }).accuracy;
    expect(before.run!.metricValues).toEqual([value, expect.any(Number)]);
    const input = { projectId, datasetVersionId, split: 'TEST', name: 'Seen' };
    const { leaderboard } = await done(stack, owner.credentials, 'createLeaderboard', input, 'leaderboard { id }');
    const { id: leaderboardId } = leaderboard as { id: string };
    await rankedAs(stack, owner.credentials, leaderboardId, ({ result }) => result !== null);
    const { snapshot } = await done(stack, owner.credentials, 'createSnapshot', { leaderboardId }, 'snapshot { id }');
    const { id: snapshotId } = snapshot as { id: string };
    const shared = await done(stack, owner.credentials, 'createLeaderboardLink', { snapshotId }, 'link { id } path');
    const file = () =>
      fetch(`${stack.apiUrl}/blobs/${uploadDigest}`, { headers: member.credentials }).then((r) => r.status);
    expect(await file()).toBe(200);

    const hide = (who: Somebody) =>
      mutateAs(
        stack,
        who.credentials,
        'hideLabels',
        { datasetVersionId, splits: ['TEST'] },
        'datasetVersion { id digest hiddenLabels { split salt } }',
      );
    expect(await hide(member)).toMatchObject({ problems: [{ code: 'FORBIDDEN' }] });
    // What anybody reads at a link can not be called back.
    expect(await hide(owner)).toMatchObject({ problems: [{ code: 'CONFLICT' }] });
    await done(
      stack,
      owner.credentials,
      'revokeLeaderboardLink',
      { linkId: (shared.link as { id: string }).id },
      'link { id }',
    );
    const hidden = (await hide(owner)).datasetVersion as { digest: string; hiddenLabels: object[] };
    expect(hidden).toMatchObject({ hiddenLabels: [{ split: 'TEST', salt: null }] });
    expect(hidden.digest).not.toBe(datasetVersion!.digest);
    expect((await runAs(member, seen)).run).toMatchObject({ evaluation: null, metricValues: [0.25, null] });
    expect(await boardAs(stack, member.credentials, leaderboardId)).toMatchObject({ labelsHidden: true, result: null });
    const snapshots = `{ node(id: "${leaderboardId}") { ... on Leaderboard { snapshots { totalCount } } } }`;
    const listed = async (who: Somebody) => (await askAs(stack.apiUrl, who.credentials, snapshots)).data!.node;
    expect([await listed(member), await listed(owner)]).toEqual([
      { snapshots: { totalCount: 0 } },
      { snapshots: { totalCount: 1 } },
    ]);
    const document = await askAs(
      stack.apiUrl,
      member.credentials,
      `{ node(id: "${snapshotId}") { ... on LeaderboardSnapshot { document } } }`,
    );
    expect(problemOf(document.errors![0]!.extensions)).toBe('LABELS_HIDDEN');
    expect(await file()).toBe(404);

    const show = { datasetVersionId, splits: ['TEST'] };
    expect(await mutateAs(stack, member.credentials, 'showLabels', show, '__typename')).toMatchObject({
      problems: [{ code: 'FORBIDDEN' }],
    });
    const { datasetVersion: shown } = await done(
      stack,
      owner.credentials,
      'showLabels',
      show,
      'datasetVersion { digest hiddenLabels { salt commitment } }',
    );
    expect((await runAs(member, seen)).run).toMatchObject({
      evaluation: { accuracy: { value } },
      metricValues: [value, expect.any(Number)],
    });
    expect(await listed(member)).toEqual({ snapshots: { totalCount: 1 } });
    // Everybody can check now that the labels are those of the beginning.
    const { salt, commitment } = (shown as { hiddenLabels: { salt: string; commitment: string }[] }).hiddenLabels[0]!;
    const manifest = new Manifest(EMOTIONS, new Map([['TEST', salt]]));
    const { rows } = await stack.pool.query<never>(
      'SELECT index, split, label, digest FROM sample WHERE version_id = $1 ORDER BY index',
      [numberOf(datasetVersionId)],
    );
    rows.forEach((row) => manifest.add(row));
    expect(manifest.end()).toMatchObject({ digest: hidden.digest, sealed: [{ commitment }] });
    const { rows: deeds } = await stack.pool.query(
      'SELECT action, changes FROM audit_entry WHERE target = $1 ORDER BY id',
      [datasetVersionId],
    );
    expect(deeds).toEqual([
      { action: 'labels.hide', changes: { TEST: ['shown', 'hidden'] } },
      { action: 'labels.show', changes: { TEST: ['hidden', 'shown'] } },
    ]);
  });
});

test('a token of an owner that does not manage sees no more than others', async () => {
  const { stack, owner } = arena;
  const { secret } = await done(
    stack,
    owner.credentials,
    'createServiceToken',
    { teamId: 'Team_1', name: 'notebook', scope: 'WRITE', role: 'OWNER' },
    'secret',
  );
  const notebook = { ...owner, credentials: { authorization: `Bearer ${String(secret)}` } };
  expect((await runAs(notebook, runId)).run).toMatchObject({ labelsHidden: true, evaluation: null });
});
