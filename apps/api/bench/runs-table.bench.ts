import type { Database } from '@samplewise/database';
import { startApi } from '../../../scripts/bench/api.ts';
import { measure, report } from '../../../scripts/bench/measure.ts';

/**
 * A page of the table of runs through HTTP: 100 runs with 30 params and 20 metrics each, sorted by a metric and
 * filtered by params of which each value fits from every second run down to one of 1,000, from the first page and from
 * cursors further down. The budget is its 95th percentile, and that it does not grow with the number of runs.
 */
const SIZES = [1000, 10_000, 100_000];
const PARAMS = 30;
const METRICS = 20;
const PAGE = 100;
const RUNS = 240;
const BUDGET = 50;
/** How many values the first params have; the others have as many as their number. */
const VALUES = [2, 4, 20, 100, 1000];

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
  const [params, metrics] = [keys('param', PARAMS), keys('metric', METRICS)];
  let next: { turn: number; after: string } | undefined;
  return async (turn) => {
    const varied = next?.turn ?? turn;
    const key = varied % VALUES.length;
    const filter = { param: { key: `param ${key}`, number: { eq: Math.floor(varied / 7) % VALUES[key]! } } };
    const by = { key: `metric ${varied % METRICS}`, aggregate: ['LAST', 'MIN', 'MAX'][varied % 3] };
    const order = [{ metric: by, direction: varied % 2 === 0 ? 'DESC' : 'ASC' }];
    const data = await api.ask(text, { id: projectId, filter, order, params, metrics, after: next?.after });
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
  const by = 'order: [{ metric: { key: "metric 0" }, direction: DESC }]';
  const rest: Record<string, string> = {
    'newest first': '',
    'search: or, in, range, status': `${by}, search: "finished and (param.\\"param 1\\" in (1, 2) or metric.\\"metric 3\\".max > 0.9)"`,
    'search: a word that is in no run': `${by}, search: "nowhere"`,
    'two orders, the first with many ties': 'order: [{ field: STATUS }, { metric: { key: "metric 0" } }]',
  };
  for (const [name, args] of Object.entries(rest)) report(await measure(`  ids only, ${name}`, () => page(args), 20));
}

function keys(kind: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${kind} ${i}`);
}

/** A project of its own for each size, the ones before still there. @returns its id */
async function fill({ pool }: Database, size: number): Promise<string> {
  const { rows } = await pool.query<{ id: bigint }>(
    `WITH t AS (INSERT INTO team (slug, name) VALUES ('bench', 'Bench') ON CONFLICT (slug) DO UPDATE SET name = 'Bench' RETURNING id)
     INSERT INTO project (team_id, slug, name) SELECT id, $1, $1 FROM t RETURNING id`,
    [`bench-${size}`],
  );
  const project = rows[0]!.id;
  await pool.query(
    `INSERT INTO experiment (project_id, name) SELECT $1, 'experiment ' || i FROM generate_series(1, 20) AS i`,
    [project],
  );
  await pool.query(
    `INSERT INTO run (project_id, experiment_id, name, status, source, sample_total, created_at)
     SELECT $1, e.id, 'run ' || i, (enum_range(NULL::"RunStatus"))[1 + i % 5], 'CLIENT', 0, now() - ($2::int - i) * interval '1 minute'
       FROM generate_series(1, $2::int) AS i
       JOIN (SELECT id, row_number() OVER (ORDER BY id) AS nth FROM experiment WHERE project_id = $1) e ON e.nth = 1 + i % 20`,
    [project, size],
  );
  await pool.query(
    `INSERT INTO metric_key (name) SELECT 'metric ' || k FROM generate_series(0, $1::int - 1) AS k ON CONFLICT DO NOTHING`,
    [METRICS],
  );
  await pool.query(
    `INSERT INTO run_param (run_id, project_id, key, value, number)
     SELECT r.id, $1, 'param ' || k, v::text, v FROM run r, generate_series(0, $2::int - 1) AS k,
       LATERAL (SELECT r.id % coalesce(($3::int[])[k + 1], k) AS v) AS x WHERE r.project_id = $1`,
    [project, PARAMS, VALUES],
  );
  await pool.query(
    `INSERT INTO metric_summary (run_id, key_id, project_id, count, last_step, last_time, last, min, max)
     SELECT r.id, k.id, $1, 10, 10, now(), v, v - 0.1, v + 0.1 FROM run r, metric_key k,
       LATERAL (SELECT abs(hashint8(r.id * 1000 + k.id)) / 2147483648.0 AS v) AS x WHERE r.project_id = $1 AND k.name LIKE 'metric %'`,
    [project],
  );
  await pool.query('VACUUM ANALYZE');
  return `Project_${project}`;
}
