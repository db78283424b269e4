import { digestOfJson } from '@samplewise/domain';
import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, expectProblem, mutate } from '../setup/ask.ts';
import { boardProject, finishedRun, rightBut } from '../setup/board-project.ts';
import { launchBrowser } from '../setup/browser.ts';
import { startStack, until, type Stack } from '../setup/stack.ts';

const TOKEN = 'the-token-of-this-server-0123456789';

let stack: Stack;
let boardId: string;
let snapshotId: string;

/** The server wants a token, which those who read what is shared do not have. */
beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
  const { projectId, datasetVersionId, experimentId } = await boardProject(stack.client, 'Shared <b>');
  await finishedRun(stack, { experimentId, name: 'best & first' }, rightBut(20));
  await finishedRun(stack, { experimentId, name: '<script>alert(1)</script>' }, rightBut(3));
  const input = {
    projectId,
    datasetVersionId,
    split: 'TEST',
    name: 'Faces',
    visibility: 'PUBLIC',
    costs: ['logged:accuracy'],
  };
  const made = await mutate(
    stack,
    'createLeaderboard',
    input,
    '... on CreateLeaderboardPayload { leaderboard { id } }',
  );
  boardId = (made as { leaderboard: { id: string } }).leaderboard.id;
  snapshotId = await until(() => snapshot('for a paper').catch(() => undefined), 30, 'the ranking');
});
afterAll(() => stack.stop());

async function snapshot(note: string): Promise<string> {
  const made = await mutate(
    stack,
    'createSnapshot',
    { leaderboardId: boardId, note },
    '... on CreateSnapshotPayload { snapshot { id } }',
  );
  return (made as { snapshot: { id: string } }).snapshot.id;
}

interface Link {
  token: string;
  path: string;
  link: { id: string; hasPassword: boolean };
}

async function link(input: object = {}): Promise<Link> {
  const fields = '... on CreateLeaderboardLinkPayload { token path link { id hasPassword expiresAt } }';
  return (await mutate(stack, 'createLeaderboardLink', { snapshotId, ...input }, fields)) as Link;
}

/** What `fetch` itself adds to such a request would ask for the whole again. */
const ifOther = (etag: string | null) => ({ 'if-none-match': etag!, 'cache-control': 'max-age=0' });

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${stack.apiUrl}${path}`, { headers });

describe('a snapshot', () => {
  const SNAPSHOT = `query ($id: ID!) { node(id: $id) { ... on LeaderboardSnapshot {
    number digest document leaderboard { name snapshots { totalCount } } } } }`;

  test('is named by the digest of its document, and stays when the leaderboard changes', async () => {
    const read = async () =>
      (await ask(stack, SNAPSHOT, { id: snapshotId })).data!.node as {
        number: number;
        digest: string;
        document: { rows: { predictionsDigest: string }[] };
      };
    const before = await read();
    expect(before.number).toBe(1);
    expect(digestOfJson(before.document)).toBe(before.digest);
    expect(before.document).toMatchObject({
      note: 'for a paper',
      board: { name: 'Faces' },
      dataset: { split: 'TEST' },
    });
    const { rows } = await stack.pool.query<{ digest: string }>('SELECT predictions_digest AS digest FROM evaluation');
    expect(before.document.rows.map((row) => row.predictionsDigest).sort()).toEqual(
      rows.map(({ digest }) => digest).sort(),
    );
    const change = { leaderboardId: boardId, expectedRevision: 0, name: 'Faces, renamed' };
    await mutate(stack, 'updateLeaderboard', change, '... on UpdateLeaderboardPayload { leaderboard { id } }');
    expect(await read()).toMatchObject({
      digest: before.digest,
      document: before.document,
      leaderboard: { name: 'Faces, renamed' },
    });
    const again = await until(() => snapshot('').catch(() => undefined), 30, 'the ranking');
    expect((await ask(stack, SNAPSHOT, { id: again })).data!.node).toMatchObject({
      number: 2,
      leaderboard: { snapshots: { totalCount: 2 } },
    });
  });

  test('keeps its leaderboard from being deleted by the way', async () => {
    await expectProblem(
      mutate(stack, 'deleteLeaderboard', { leaderboardId: boardId }, ''),
      'CONFLICT',
      'input.leaderboardId',
    );
  });
});

describe('a link', () => {
  test.each([
    ['json', 'application/json', '"format":"samplewise-leaderboard-snapshot-1"'],
    ['csv', 'text/csv', '1,1,1,1,best & first'],
    ['md', 'text/markdown', 'best &amp; first'],
    ['tex', 'application/x-tex', 'best \\& first'],
    ['bib', 'application/x-bibtex', '@misc{samplewise-'],
    ['html', 'text/html', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['svg', 'image/svg+xml', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ])('shows the snapshot as %s to whoever has it', async (format, type, part) => {
    const { token } = await link();
    const response = await get(`/s/${token}.${format}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain(type);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('cache-control')).toBe('public, no-cache');
    const body = await response.text();
    expect(body).toContain(part);
    expect(body).not.toContain(format === 'csv' || format === 'json' ? '\0' : '<script');
    const etag = response.headers.get('etag');
    const again = await get(`/s/${token}.${format}`, ifOther(etag));
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  test('has a badge', async () => {
    const { token } = await link();
    const badge = await get(`/badges/${token}.svg`);
    expect(await badge.text()).toMatch(/Faces.*best &amp; first/s);
  });

  test('that is wrong, expired, revoked or of another format is the same nothing', async () => {
    const [expired, revoked, good] = [await link({ expiresAt: '2999-01-01T00:00:00Z' }), await link(), await link()];
    await stack.pool.query(`UPDATE leaderboard_link SET expires_at = now() - interval '1 second' WHERE id = $1`, [
      expired.link.id.split('_')[1],
    ]);
    await mutate(
      stack,
      'revokeLeaderboardLink',
      { linkId: revoked.link.id },
      '... on RevokeLeaderboardLinkPayload { link { revokedAt } }',
    );
    const paths = [
      `/s/${expired.token}.html`,
      `/s/${revoked.token}.html`,
      `/s/${'x'.repeat(43)}.html`,
      `/s/x.html`,
      `/s/${good.token}.exe`,
      `/s/${good.token}.constructor`,
      `/s/${good.token}`,
      `/s/%00.html`,
      `/badges/${good.token}.html`,
      `/boards/${boardId}.exe`,
      '/boards/Leaderboard_99999.atom',
    ];
    for (const path of paths) {
      const response = await get(path);
      expect([path, response.status, await response.text()]).toEqual([path, 404, 'There is nothing at this address.']);
    }
  });

  test('is kept as a digest, told once', async () => {
    const { token } = await link();
    const { rows } = await stack.pool.query<{ row: string }>(
      'SELECT leaderboard_link::text AS row FROM leaderboard_link',
    );
    expect(rows.some(({ row }) => row.includes(token))).toBe(false);
    await expectProblem(link({ expiresAt: '2001-01-01T00:00:00Z' }), 'INVALID_VALUE', 'input.expiresAt');
  });

  test('with a password asks for it, is not kept by caches, and stops guessing', async () => {
    await expectProblem(link({ password: 'short' }), 'INVALID_VALUE', 'input.password');
    const { token, link: made } = await link({ password: 'correct horse: battery' });
    expect(made.hasPassword).toBe(true);
    const basic = (password: string) => ({
      authorization: `Basic ${Buffer.from(`any:${password}`).toString('base64')}`,
    });
    const path = `/s/${token}.json`;
    const asked = await get(path);
    expect([asked.status, asked.headers.get('www-authenticate')]).toEqual([
      401,
      'Basic realm="Samplewise snapshot", charset="UTF-8"',
    ]);
    const right = await get(path, basic('correct horse: battery'));
    expect([right.status, right.headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
    const wrong = await Promise.all(Array.from({ length: 15 }, (_, i) => get(path, basic(`guess number ${i}`))));
    expect(wrong.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(wrong.filter(({ status }) => status === 429)).toHaveLength(5);
  });

  test('needs no login where everything else does', async () => {
    const { token } = await link();
    const guarded = await startStack({ SAMPLEWISE_API_TOKEN: TOKEN }, stack.databaseUrl);
    try {
      expect((await fetch(`${guarded.apiUrl}/graphql`, { method: 'POST' })).status).toBe(401);
      expect((await fetch(`${guarded.apiUrl}/s/${token}.json`)).status).toBe(200);
      expect((await fetch(`${guarded.apiUrl}/boards/${boardId}.atom`)).status).toBe(200);
    } finally {
      await guarded.stop();
    }
  });

  test('opens as a page that fits narrow and wide screens, runs nothing and loads nothing', async () => {
    const { path } = await link();
    const browser = await launchBrowser();
    try {
      for (const [width, colorScheme] of [
        [1440, 'light'],
        [390, 'dark'],
      ] as const) {
        const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
        const requests: string[] = [];
        const problems: string[] = [];
        page.on('request', (request) => requests.push(request.url()));
        page.on('console', (message) => problems.push(message.text()));
        page.on('dialog', (dialog) => problems.push(dialog.message()));
        await page.goto(`${stack.apiUrl}${path}`);
        const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect([requests.length, problems.filter((text) => !text.includes('favicon')), overflow]).toEqual([1, [], 0]);
        expect(await page.locator('tbody tr').count()).toBe(2);
        await page.close();
      }
    } finally {
      await browser.close();
    }
  });
});

describe('the feed of a public leaderboard', () => {
  test('tells how it stands and which snapshots there are, and is gone when the leaderboard is public no more', async () => {
    const response = await get(`/boards/${boardId}.atom`);
    expect(response.headers.get('content-type')).toContain('application/atom+xml');
    const feed = await response.text();
    expect(feed.match(/<entry>/g)).toHaveLength(3);
    expect(feed).toContain('best &amp; first');
    expect(feed).toContain('for a paper');
    expect((await get(`/boards/${boardId}.atom`, ifOther(response.headers.get('etag')))).status).toBe(304);
    const change = { leaderboardId: boardId, expectedRevision: 1, visibility: 'TEAM' };
    await mutate(stack, 'updateLeaderboard', change, '... on UpdateLeaderboardPayload { leaderboard { id } }');
    expect((await get(`/boards/${boardId}.atom`)).status).toBe(404);
  });
});

test('leaderboardChanged tells when rows and rule change, and ends with the leaderboard', async () => {
  const client = createClient({ url: `${stack.apiUrl}/graphql/stream` });
  const revisions = client.iterate<{
    leaderboardChanged: { revision: number; result: { revision: number } | null } | null;
  }>({
    query: 'subscription ($id: ID!) { leaderboardChanged(leaderboardId: $id) { revision result { revision } } }',
    variables: { id: boardId },
  });
  const seen: [number, number | undefined][] = [];
  const follow = (async () => {
    for await (const { data } of revisions) {
      const board = data?.leaderboardChanged;
      if (board) seen.push([board.revision, board.result?.revision]);
    }
  })();
  await until(() => Promise.resolve(seen.length > 0 ? true : undefined), 10, 'the first event');
  const change = { leaderboardId: boardId, expectedRevision: 2, metric: 'macroF1' };
  await mutate(stack, 'updateLeaderboard', change, '... on UpdateLeaderboardPayload { leaderboard { id } }');
  await until(
    () => Promise.resolve(seen.some(([rule, rows]) => rule === 3 && rows === 3) ? true : undefined),
    20,
    'the new rows',
  );
  await mutate(
    stack,
    'deleteLeaderboard',
    { leaderboardId: boardId, withSnapshots: true },
    '... on DeleteLeaderboardPayload { leaderboardId }',
  );
  await follow;
  client.dispose();
});
