import type { Database } from '@samplewise/database';
import { startApi } from '../../../scripts/bench/api.ts';
import { measure, report } from '../../../scripts/bench/measure.ts';
import { insertLoggedRuns } from '../../../scripts/generate/logged-runs.ts';
import { PARAM_VALUES } from '../../../scripts/generate/run-facts.ts';
import { FINAL_METRICS } from '../../../scripts/generate/run-metrics.ts';

/**
 * A page of the table of runs through HTTP: 100 runs with some 30 params and 20 metrics each, sorted by a metric and
 * filtered by params of which each value fits from every second run down to one of 1,000, from the first page and from
 * cursors further down. The budget is its 95th percentile, and that it does not grow with the number of runs.
 */
const SIZES = [1000, 10_000, 100_000];
const EXPERIMENTS = 20;
const PAGE = 100;
const RUNS = 240;
const BUDGET = 50;
const PARAMS = Object.entries(PARAM_VALUES);

const api = await startApi();
try {
  const medians: number[] = [];
  for (const size of SIZES) {
    const began = performance.now();
    const projectId = await fill(api.database, size);
    console.log(`  ${size.toLocaleString('en')} runs in ${((performance.now() - began) / 1000).toFixed(0)} s`);
    const query = tableOf(projectId);
    let turn = 0;
    await measure('', () => query(turn++), 20); // connections, caches and compiled code
    const timing = await measure(
      `a page of ${PAGE} of ${size.toLocaleString('en')} runs, sorted and filtered`,
      () => query(turn++),
      RUNS,
    );
    medians.push(timing.median);
    report(timing);
    console.log(
      `  ${'p95'.padEnd(64)} ${timing.p95.toFixed(1).padStart(6)} ms  ${timing.p95 <= BUDGET ? 'within' : 'MISSES'} ${BUDGET} ms`,
    );
    await measureRest(projectId);
  }
  console.log(
    `  ${'100,000 runs against 1,000'.padEnd(64)} ${(medians.at(-1)! / medians[0]!).toFixed(2).padStart(6)} x`,
  );
} finally {
  await api.stop();
}

/** Pages of varied filters, orders and places: every second one goes on from the one before. */
function tableOf(projectId: string): (turn: number) => Promise<void> {
  const text = `query ($id: ID!, $filter: RunFilter, $order: [RunOrder!], $after: String, $params: [String!]!, $metrics: [String!]!) {
    node(id: $id) { ... on Project { runs(first: ${PAGE}, filter: $filter, order: $order, after: $after) {
      edges { cursor node { id name status createdAt paramValues(keys: $params) metricValues(keys: $metrics) } }
      pageInfo { endCursor hasNextPage }
    } } }
  }`;
  const params = PARAMS.map(([key]) => key);
  let next: { turn: number; after: string } | undefined;
  return async (turn) => {
    const varied = next?.turn ?? turn;
    const [key, values] = PARAMS[varied % PARAMS.length]!;
    const filter = { param: { key, number: { eq: Math.floor(varied / 7) % values } } };
    const by = { key: FINAL_METRICS[varied % FINAL_METRICS.length], aggregate: ['LAST', 'MIN', 'MAX'][varied % 3] };
    const order = [{ metric: by, direction: varied % 2 === 0 ? 'DESC' : 'ASC' }];
    const data = await api.ask(text, {
      id: projectId,
      filter,
      order,
      params,
      metrics: FINAL_METRICS,
      after: next?.after,
    });
    const { runs } = data.node as { runs: { edges: unknown[]; pageInfo: { endCursor: string; hasNextPage: boolean } } };
    if (runs.edges.length === 0) throw new Error(`No run has ${JSON.stringify(filter)}.`);
    next =
      next === undefined && runs.pageInfo.hasNextPage ? { turn: varied, after: runs.pageInfo.endCursor } : undefined;
  };
}

/** What else people ask of the table. */
async function measureRest(projectId: string): Promise<void> {
  const page = (args: string) =>
    api.ask(
      `query ($id: ID!) { node(id: $id) { ... on Project { runs(first: ${PAGE}, ${args}) { edges { node { id } } } } } }`,
      {
        id: projectId,
      },
    );
  const by = 'order: [{ metric: { key: "accuracy" }, direction: DESC }]';
  const rest: Record<string, string> = {
    'newest first': '',
    'search: or, in, range, status': `${by}, search: "finished and (param.fold in (1, 2) or metric.macro_f1.max > 0.6)"`,
    'search: a word that is in no run': `${by}, search: "nowhere"`,
    'two orders, the first with many ties': 'order: [{ field: STATUS }, { metric: { key: "accuracy" } }]',
  };
  for (const [name, args] of Object.entries(rest)) report(await measure(`  ids only, ${name}`, () => page(args), 20));
}

/** A project of its own for each size, the ones before still there. @returns its id */
async function fill(database: Database, size: number): Promise<string> {
  const { pool } = database;
  const { rows } = await pool.query<{ id: bigint }>(
    `WITH t AS (INSERT INTO team (slug, name) VALUES ('bench', 'Bench') ON CONFLICT (slug) DO UPDATE SET name = 'Bench' RETURNING id)
     INSERT INTO project (team_id, slug, name) SELECT id, $1, $1 FROM t RETURNING id`,
    [`bench-${size}`],
  );
  const project = rows[0]!.id;
  const experiments = await pool.query<{ id: bigint }>(
    `INSERT INTO experiment (project_id, name) SELECT $1, 'experiment ' || i FROM generate_series(1, $2::int) AS i RETURNING id`,
    [project, EXPERIMENTS],
  );
  const experimentIds = experiments.rows.map(({ id }) => id);
  const place = { projectId: project, experimentIds, sampleTotal: 0, now: Date.now(), seed: size };
  await insertLoggedRuns(database, place, size);
  // A value that one run has is looked for, and found.
  await pool.query('UPDATE run SET deleted_at = NULL, archived_at = NULL WHERE project_id = $1', [project]);
  await pool.query('VACUUM ANALYZE');
  return `Project_${project}`;
}
