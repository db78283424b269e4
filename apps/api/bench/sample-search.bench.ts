import type { Database } from '@samplewise/database';
import { startApi } from '../../../scripts/bench/api.ts';
import { measure, report } from '../../../scripts/bench/measure.ts';
import { benchProject } from '../../../scripts/bench/project.ts';

/**
 * Searches of 36,000 samples against 20 runs through HTTP: pages of 100 with filters and orders that were not asked for
 * before, and pages anywhere within one search. The budget is their 95th percentile.
 */
const SAMPLES = 36_000;
const RUNS = 20;
const CLASSES = 7;
const PAGE = 100;
const TIMES = 120;
const BUDGET = 50;

const api = await startApi();
try {
  const { version, runs, sample } = await fill(api.database);
  const search = (filter: object, order: object | undefined, more: { skip?: number; after?: string } = {}) =>
    api.ask(
      `query ($id: ID!, $filter: SampleFilterInput, $order: SampleOrderInput, $skip: Int, $after: String) {
        node(id: $id) { ... on DatasetVersion {
          sampleSearch(filter: $filter, order: $order, first: ${PAGE}, skip: $skip, after: $after) {
            totalCount pageInfo { endCursor }
            edges { cursor answers { predicted confidence correct } node { id index label split image { url } } }
          } } } }`,
      { id: version, filter, order, ...more },
    );
  const named = runs.map((runId) => ({ runId }));
  report(
    await measure(
      'one sample, its image as it is',
      () => api.ask(`query ($id: ID!) { node(id: $id) { id } }`, { id: sample }),
      40,
    ),
  );
  const began = performance.now();
  await search({ runs: named, agreement: ['ALL_WRONG'] }, undefined);
  console.log(
    `  ${'the first search, which reads the version and 20 runs'.padEnd(64)} ${(performance.now() - began).toFixed(0).padStart(6)} ms`,
  );

  let turn = 0;
  const varied = (): object => {
    turn++;
    const conditions = named.map(({ runId }, i) =>
      i % 7 === turn % 7 ? { runId, correct: turn % 2 === 0 } : { runId },
    );
    return { runs: conditions, brightness: { min: turn % 50, max: 200 - (turn % 30) / 7 }, confidence: undefined };
  };
  report(await measure('20 runs, new filter, by index', () => search(varied(), undefined), TIMES), { budget: BUDGET });
  const hardest = { by: 'HARDNESS', direction: 'DESC' };
  report(await measure('20 runs, new filter, by hardness', () => search(varied(), hardest), TIMES), { budget: BUDGET });
  const all = { runs: named };
  report(
    await measure(
      '20 runs, all samples by hardness, pages anywhere',
      () => search(all, hardest, { skip: (turn++ * 977) % SAMPLES }),
      TIMES,
    ),
    {
      budget: BUDGET,
    },
  );
  report(
    await measure(
      'no runs, all samples, pages anywhere',
      () => search({}, undefined, { skip: (turn++ * 977) % SAMPLES }),
      TIMES,
    ),
    {
      budget: BUDGET,
    },
  );
  const one = `query ($id: ID!) { node(id: $id) { ... on Sample { label measurements { brightness }
    nearest { distance sample { id } } predictions(first: 50) { edges { node { predicted scores { score } run { name } } } } } } }`;
  report(await measure('one sample, its duplicates and what 20 runs say', () => api.ask(one, { id: sample }), TIMES), {
    budget: BUDGET,
  });
} finally {
  await api.stop();
}

/** A version whose images all differ, measured and audited, and runs that are right half of the time. */
async function fill(database: Database) {
  const { versionId, experiment } = await benchProject(database, SAMPLES, CLASSES);
  const { pool } = database;
  const experimentId = (await experiment('All', versionId)).slice('Experiment_'.length);
  const digest = `lpad(to_hex(index + 1), 64, '0')`;
  const statements = [
    `INSERT INTO blob (digest, size, media_type) SELECT ${digest}, 2400, 'image/png' FROM sample WHERE version_id = ${versionId}`,
    `UPDATE sample SET digest = ${digest} WHERE version_id = ${versionId}`,
    `INSERT INTO image_facts (digest, width, height, brightness, contrast, sharpness, hash)
     SELECT ${digest}, 48, 48, 255 * random(), 60 * random(), 1000 * random(), ((random() - 0.5) * 18e18)::bigint
       FROM sample WHERE version_id = ${versionId}`,
    `INSERT INTO dataset_audit (version_id, code_version, maximum_distance, exact_groups, alike_groups, near_pairs,
                                truncated, conflicts, blank, unreadable, balance)
     VALUES (${versionId}, '1', 4, 0, 0, 0, false, 0, 0, 0, '[]')`,
    `INSERT INTO run (project_id, experiment_id, name, status, source, sample_total, sample_done)
     SELECT project_id, id, 'run ' || i, 'FINISHED', 'CLIENT', ${SAMPLES}, ${SAMPLES}
       FROM experiment, generate_series(1, ${RUNS}) AS i WHERE id = ${experimentId}`,
    `INSERT INTO prediction (run_id, sample_index, confidence, predicted, status, scores)
     SELECT r.id, s.index, random(), CASE WHEN random() < 0.5 THEN s.label ELSE floor(${CLASSES} * random()) END, 0, decode(repeat('00', 28), 'hex')
       FROM run r, sample s WHERE r.experiment_id = ${experimentId} AND s.version_id = ${versionId}`,
    `INSERT INTO evaluation (run_id, code_version, predictions_digest, result)
     SELECT id, '1', lpad(to_hex(id), 64, '0'), '{}' FROM run WHERE experiment_id = ${experimentId}`,
    'VACUUM ANALYZE',
  ];
  for (const statement of statements) await pool.query(statement);
  const { rows } = await pool.query<{ id: bigint }>('SELECT id FROM run WHERE experiment_id = $1', [experimentId]);
  return {
    version: `DatasetVersion_${versionId}`,
    sample: `Sample_${versionId}-417`,
    runs: rows.map(({ id }) => `Run_${id}`),
  };
}
