import { createSnapshot } from '../src/leaderboards/create-snapshot.ts';
import { createLink } from '../src/leaderboards/links.ts';
import { startApi } from '../../../scripts/bench/api.ts';
import { measure, report } from '../../../scripts/bench/measure.ts';
import { benchProject } from '../../../scripts/bench/project.ts';
import { launchBrowser } from '../../../scripts/pages/browser.ts';

/** A public board of 10,000 entries, live and as a snapshot: until the API has answered, and until a browser paints it. */
const ENTRIES = 10_000;
const SAMPLES = 1000;
const FIRST_PAINT = 1000;

const summary = {
  codeVersion: '1',
  inputsDigest: '0'.repeat(64),
  entries: ENTRIES,
  samples: SAMPLES,
  leakedSamples: 0,
  test: 'mcnemar mid-p',
  confidence: 0.95,
  draws: 1000,
  seed: 0,
  grouped: true,
  checks: [],
};
const row = {
  restoration: null,
  finishedAt: '2026-01-01T00:00:00.000Z',
  submissions: 1,
  bootstrapRanks: { low: 1, high: 9 },
  first: 0.1,
  letters: ['a'],
  covered: SAMPLES,
  neverPredicts: [],
  otherwise: null,
  predictionsDigest: '0'.repeat(64),
  evaluationVersion: '1',
};

const api = await startApi();
const browser = await launchBrowser();
try {
  const { prisma, pool } = api.database;
  const { projectId, versionId, experiment } = await benchProject(api.database, SAMPLES, 7);
  const experimentId = (await experiment('runs', versionId)).slice('Experiment_'.length);
  const board = await prisma.leaderboard.create({
    data: {
      projectId,
      datasetVersionId: versionId,
      split: 'TEST',
      slug: 'large',
      name: 'Large',
      metric: 'accuracy',
      direction: 'HIGHER',
      tieBreaks: [],
      filter: {},
      entryPer: 'RUN',
      pick: 'LATEST',
      costs: ['latencyP50Milliseconds'],
      visibility: 'PUBLIC',
      excludeLeaks: false,
      result: { create: { revision: 0, summary } },
    },
  });
  await pool.query(
    `INSERT INTO run (id, project_id, experiment_id, name, status, source, sample_total, sample_done)
     SELECT i, $1, $2, 'run ' || i, 'FINISHED', 'CLIENT', $4, $4 FROM generate_series(1, $3::int) AS i`,
    [projectId, experimentId, ENTRIES, SAMPLES],
  );
  await pool.query(
    `INSERT INTO leaderboard_entry (leaderboard_id, position, run_id, "row")
     SELECT $1, i - 1, i, $3::jsonb || jsonb_build_object(
       'position', i - 1, 'rank', i, 'runId', i::text, 'name', 'run ' || i,
       'model', jsonb_build_object('id', i::text, 'name', 'model ' || i, 'version', 1, 'digest', repeat('0', 64)),
       'value', jsonb_build_object('value', 0.9 - i / 20000.0, 'low', 0.88 - i / 20000.0, 'high', 0.92 - i / 20000.0),
       'ranks', jsonb_build_object('low', i, 'high', i + 4), 'toLeader', NULL,
       'costs', jsonb_build_array(jsonb_build_object('name', 'latencyP50Milliseconds', 'value', i % 97, 'front', false)))
       FROM generate_series(1, $2::int) AS i`,
    [board.id, ENTRIES, JSON.stringify(row)],
  );
  await pool.query('VACUUM ANALYZE');
  const snapshot = await createSnapshot(api, board.id, 'for the bench');
  const { token } = await createLink(api, snapshot.id, {});
  const page = await browser.newPage();
  const firstPaint = async (path: string): Promise<number> => {
    await page.goto('about:blank');
    await page.goto(`${api.url}${path}`);
    return page.evaluate<number>(
      `new Promise((tell) => {
        const look = () => {
          const [paint] = performance.getEntriesByName('first-contentful-paint');
          if (paint) tell(paint.startTime); else setTimeout(look, 10);
        };
        look();
      })`,
    );
  };
  for (const [name, path] of [
    ['a public board', `/boards/Leaderboard_${board.id}.html`],
    ['a shared snapshot', `/s/${token}.html`],
  ] as const) {
    report(
      await measure(`${name} of 10,000 entries as a page`, () => fetch(`${api.url}${path}`).then((r) => r.text()), 20),
    );
    const paints: number[] = [];
    for (let i = 0; i < 10; i++) paints.push(await firstPaint(path));
    const sorted = paints.toSorted((a, b) => a - b);
    const [lowest, median, highest] = [sorted[0]!, sorted[5]!, sorted.at(-1)!];
    const timing = { name: `${name}, first paint`, median, lowest, highest, p95: highest, p99: highest, runs: 10 };
    report(timing, { budget: FIRST_PAINT });
  }
} finally {
  await browser.close();
  await api.stop();
}
