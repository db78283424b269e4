import { startApi } from '../../../scripts/bench/api.ts';
import { measure, report } from '../../../scripts/bench/measure.ts';
import { benchProject } from '../../../scripts/bench/project.ts';

/** Curves of 50 runs, a comparison, and the samples of one confusion cell among ten million predictions. */
const SAMPLES = 35_887;
const CLASSES = 7;
const RUNS = 280;
const CURVES = 50;
const POINTS = 10_000;

const api = await startApi();
try {
  const { pool } = api.database;
  const { projectId, versionId, experiment } = await benchProject(api.database, SAMPLES, CLASSES);
  const experimentId = (await experiment('predictions', versionId)).slice('Experiment_'.length);
  const began = performance.now();
  await pool.query(
    `INSERT INTO run (id, project_id, experiment_id, name, status, source, sample_total, sample_done)
     SELECT i, $1, $2, 'run', 'FINISHED', 'CLIENT', $3, $3 FROM generate_series(1, $4::int) AS i`,
    [projectId, experimentId, SAMPLES, RUNS],
  );
  await pool.query(
    `INSERT INTO evaluation (run_id, code_version, predictions_digest, result)
     SELECT i, '', lpad(i::text, 64, '0'), '{}' FROM generate_series(1, $1::int) AS i`,
    [RUNS],
  );
  for (let run = 1; run <= RUNS; run++) {
    // Two of three are right, the others fall into the next classes.
    await pool.query(
      `INSERT INTO prediction (run_id, sample_index, confidence, predicted, status, scores)
       SELECT $1, i, 0.4, CASE WHEN hash % 3 < 2 THEN i % $3 ELSE (i + hash) % $3 END, 0, decode(repeat('00000000', $3), 'hex')
         FROM (SELECT i, abs(hashint8(i * 1000 + $1)) % 1000 AS hash FROM generate_series(0, $2::int - 1) AS i) AS s`,
      [run, SAMPLES, CLASSES],
    );
  }
  await pool.query(`INSERT INTO metric_key (id, name) VALUES (1, 'loss')`);
  await pool.query(
    `INSERT INTO metric_point (run_id, key_id, step, time, value)
     SELECT run, 1, step, now(), sin(step / 300.0) + random() FROM generate_series(1, $1::int) AS run, generate_series(1, $2::int) AS step`,
    [CURVES, POINTS],
  );
  await pool.query('VACUUM ANALYZE');
  console.log(
    `  ${(RUNS * SAMPLES).toLocaleString('en')} predictions in ${((performance.now() - began) / 1000).toFixed(0)} s`,
  );

  const cell = (run: number) =>
    api.ask(
      `{ node(id: "Run_${run}") { ... on Run { predictions(truth: "class 2", predicted: "class 5", first: 50) {
           edges { node { confidence scores { score } sample { index image { url } } } } } } } }`,
    );
  let run = 0;
  report(
    await measure('samples of one confusion cell among ten million predictions', () => cell(1 + (run++ % RUNS)), 100),
  );
  const runIds = Array.from({ length: CURVES }, (_, i) => `Run_${i + 1}`);
  const series = (method: string) =>
    api.ask(
      `query ($runIds: [ID!]!) { metricSeries(runIds: $runIds, keys: ["loss"], points: 500, method: ${method}) { steps values } }`,
      { runIds },
    );
  for (const method of ['LTTB', 'MIN_MAX']) {
    report(await measure(`curves of 50 runs x 10,000 points by ${method}`, () => series(method), 20));
  }
  let pair = 0;
  const compare = () => {
    const first = 1 + (pair++ % (RUNS - 1));
    return api.ask(
      `{ comparison(runIds: ["Run_${first}", "Run_${first + 1}"]) { runs { mcnemar { midP } metrics { difference { low } } } } }`,
    );
  };
  report(await measure('comparison of two runs of 35,887 samples, never compared before', compare, 20));
} finally {
  await api.stop();
}
