import { digestOfJson } from '@samplewise/domain';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMPUTED, READ_AT_ONCE } from '../setup/excused-lists.ts';
import { askGraphQL } from '../setup/http.ts';
import { listFields, listsAskedFor } from '../setup/list-fields.ts';
import { startStack, type Stack } from '../setup/stack.ts';
import { countStatements, type StatementCounter } from '../setup/statement-counter.ts';

const ROWS = 20;
const STEP = {
  kind: 'onnx-super-resolution',
  weights: { digest: 'f'.repeat(64) },
  factor: 2,
  range: '0..1',
  batch: 32,
};

const PROBE = JSON.stringify({
  ...{ kind: 'linear-probe', features: 'f', trainSplit: 'TRAIN', validation: { share: 0.2 }, l2: 0.001 },
  ...{ classWeights: 'uniform', standardise: true, maxIterations: 500, patience: 20 },
});

let stack: Stack;
let counter: StatementCounter;

beforeAll(async () => {
  stack = await startStack(async (databaseUrl) => {
    counter = await countStatements(databaseUrl);
    return { DATABASE_URL: counter.url };
  });
  await fill(stack);
});
afterAll(async () => {
  await stack.stop();
  await counter.close();
});

/** Twenty of everything, each with different things behind it, so that nothing can be shared between rows by luck. */
async function fill({ pool }: Stack): Promise<void> {
  const digest = (n: string): string => `lpad(to_hex(${n}), 64, '0')`;
  const each = `FROM generate_series(1, ${ROWS}) AS i`;
  const step = digestOfJson(STEP);
  const steps = JSON.stringify([STEP]);
  const estimate = { value: 0.5, low: 0.4, high: 0.6, method: 'wilson' };
  const names = [
    'accuracy',
    'coveredAccuracy',
    'balancedAccuracy',
    'macroPrecision',
    'macroRecall',
    'macroF1',
    'weightedF1',
  ];
  const result = JSON.stringify({
    samples: ROWS,
    covered: ROWS,
    confidence: 0.95,
    metrics: Object.fromEntries(names.map((name) => [name, estimate])),
    perClass: [],
    confusion: {
      labels: ['a', 'b'],
      counts: [
        [1, 2],
        [3, 4],
      ],
      none: [0, 0],
    },
  });
  const row = JSON.stringify({
    rank: 1,
    name: 'run',
    value: estimate,
    letters: ['a'],
    ranks: { low: 1, high: 2 },
    costs: [],
  });
  const summary = JSON.stringify({ samples: ROWS, checks: [], test: 'mcnemar mid-p', grouped: true });
  const statements = [
    `INSERT INTO team (slug, name) SELECT 'team' || i, 'Team ' || i ${each}`,
    `INSERT INTO project (team_id, slug, name) SELECT i, 'p' || i, 'P' || i ${each}`,
    `INSERT INTO blob (digest, size, media_type) SELECT ${digest('i')}, i, 'image/png' FROM generate_series(1, 4 * ${ROWS}) AS i`,
    `INSERT INTO dataset (project_id, slug, name) SELECT 1, 'd' || i, 'D' || i ${each}`,
    // The first dataset has twenty versions; the others three.
    `INSERT INTO dataset_version (dataset_id, number, name, digest, labels, sample_count)
     SELECT 1, i, 'v' || i, ${digest('i')}, '{a,b}', ${ROWS} ${each}`,
    `INSERT INTO dataset_version (dataset_id, number, name, digest, labels, sample_count)
     SELECT i, n, 'v' || n, ${digest('n')}, '{a,b}', 2 ${each}, generate_series(1, 3) AS n WHERE i > 1`,
    `INSERT INTO sample (version_id, index, split, label, digest, source)
     SELECT v, i - 1, 'TEST', i % 2, ${digest('i')}, 'row ' || i ${each}, generate_series(1, ${ROWS}) AS v`,
    `INSERT INTO restored_image (input_digest, step_digest, output_digest)
     SELECT ${digest('i')}, '${step}', ${digest(`i + ${ROWS}`)} ${each}`,
    `INSERT INTO model_config (project_id, name, version, kind, spec, digest)
     SELECT 1, 'm' || i, 1, 'ONNX_CLASSIFIER', '{}', ${digest('i')} ${each}`,
    `INSERT INTO restoration_config (project_id, name, version, steps, digest)
     SELECT 1, 'r' || i, 1, '${steps}', ${digest('i')} ${each}`,
    `INSERT INTO experiment (project_id, name, dataset_version_id) SELECT 1, 'e' || i, i ${each}`,
    `INSERT INTO run (project_id, experiment_id, name, status, model_config_id, restoration_config_id, sample_total, environment)
     SELECT 1, e, 'run ' || i, 'FINISHED', i, i, ${ROWS}, '{}' ${each}, generate_series(1, ${ROWS}) AS e`,
    `INSERT INTO training (run_id, spec, model_name, features_key, model_config_id)
     SELECT id, '${PROBE}', 'trained', ${digest('id')}, 1 + id % ${ROWS} FROM run`,
    `INSERT INTO run_param (run_id, project_id, key, value, number) SELECT id, 1, 'p' || i, i, i FROM run, generate_series(1, 30) AS i`,
    `INSERT INTO run_tag (run_id, project_id, key, value) SELECT id, 1, 'stage', 's' || id % 3 FROM run`,
    `INSERT INTO metric_key (id, name) SELECT i, 'm' || i FROM generate_series(1, 20) AS i`,
    `INSERT INTO metric_summary (run_id, key_id, project_id, count, last_step, last_time, last, min, max)
     SELECT id, i, 1, 1, 1, now(), id, id, id FROM run, generate_series(1, 20) AS i`,
    `INSERT INTO saved_view (project_id, name) SELECT p, 'view ' || i ${each}, generate_series(1, ${ROWS}) AS p`,
    `INSERT INTO executor (name, host, hardware, versions, settings) SELECT 'e' || i, 'h' || i, '{}', '{}', '{}' ${each}`,
    `INSERT INTO run_shard (run_id, index, first_index, last_index, samples, executor_id, finished_at)
     SELECT id, i - 1, i - 1, i - 1, 1, i, CASE WHEN i < ${ROWS} THEN now() END FROM run, generate_series(1, ${ROWS}) AS i`,
    `INSERT INTO phase_cost (run_id, phase, wall_seconds, cpu_seconds, device, samples)
     SELECT id, phase, 1, 1, 'cpu', ${ROWS} FROM run, unnest(enum_range(NULL::"Phase")) AS phase`,
    `INSERT INTO evaluation (run_id, code_version, predictions_digest, result) SELECT id, '1', ${digest('id')}, '${result}' FROM run`,
    `INSERT INTO image_facts (digest, width, height, brightness, contrast, sharpness, hash)
     SELECT ${digest('i')}, 48, 48, i, i, i, i ${each}`,
    `INSERT INTO dataset_audit (version_id, code_version, maximum_distance, exact_groups, alike_groups, near_pairs, truncated, conflicts, blank, unreadable, balance)
     SELECT id, '1', 4, 0, 0, 0, false, 0, 0, 0, '[]' FROM dataset_version`,
    `INSERT INTO duplicate_group (version_id, position, kind, distance, indices, splits, labels)
     SELECT 1, i - 1, 'NEAR', 2, ARRAY[i - 1, i % ${ROWS}], '{TEST}', '{0,1}' ${each}`,
    `INSERT INTO sample_leak (version_id, index, from_split, split, duplicate_of) SELECT v, i - 1, 'TRAIN', 'TEST', 0
       FROM generate_series(1, ${ROWS}) AS i, generate_series(1, ${ROWS}) AS v`,
    `INSERT INTO prediction (run_id, sample_index, latency_micros, confidence, predicted, status, scores)
     SELECT id, i - 1, 1, 0.5, 0, 0, decode('0000003f0000003f', 'hex') FROM run, generate_series(1, ${ROWS}) AS i`,
    `INSERT INTO run_log (run_id, lines, bytes) SELECT id, ${ROWS}, 100 FROM run`,
    `INSERT INTO log_line (run_id, number, time, stream, level, text)
     SELECT id, i, now(), 'STDOUT', 'INFO', 'line ' || i FROM run, generate_series(1, ${ROWS}) AS i`,
    `INSERT INTO artifact (run_id, path, version, digest, size, media_type)
     SELECT id, 'file ' || lpad(i::text, 2, '0'), 1, ${digest('i')}, i, 'text/plain' FROM run, generate_series(1, ${ROWS}) AS i`,
    `INSERT INTO artifact (run_id, path, version, latest, digest, size, media_type)
     SELECT 1, 'file 01', 1 + i, false, ${digest('i')}, i, 'text/plain' ${each}`,
    `INSERT INTO dataset_import (project_id, dataset_name, version_name, format, file_name, upload_digest, dataset_version_id)
     SELECT 1, 'd' || i, 'v', 'fer-csv', 'f.csv', ${digest('i')}, i ${each}`,
    'UPDATE run SET parent_id = 1 WHERE id BETWEEN 2 AND 21',
    `INSERT INTO run (project_id, experiment_id, name, sample_total, deleted_at) SELECT 1, 1, 'gone ' || i, 0, now() ${each}`,
    `INSERT INTO run (project_id, experiment_id, name, sample_total) SELECT 1, 1, 'waits ' || i, 1 ${each}`,
    `INSERT INTO metric_point (run_id, key_id, step, time, value) SELECT id, 1, 0, now(), 0 FROM run`,
    `INSERT INTO project (team_id, slug, name) SELECT 1, 'more' || i, 'More' || i ${each}`,
    `INSERT INTO project (team_id, slug, name, deleted_at) SELECT 1, 'gone' || i, 'Gone' || i, now() ${each}`,
    `INSERT INTO person (id, name, email) SELECT 'p' || i, 'P', 'p' || i || '@example.org' ${each}`,
    `INSERT INTO membership (team_id, person_id, role) SELECT 1, 'p' || i, 'OWNER' ${each}`,
    `INSERT INTO invitation (team_id, email, role, digest, invited_by, expires_at)
     SELECT 1, 'x', 'VIEWER', ${digest('i')}, 'x', now() ${each}`,
    `INSERT INTO token (kind, name, digest, scope, role, team_id, created_by)
     SELECT 'SERVICE', 't', ${digest('i')}, 'READ', 'VIEWER', 1, 'x' ${each}`,
    `INSERT INTO audit_entry (team_id, actor_kind, actor_name, action) SELECT 1, 'LOCAL', 'x', 'team.update' ${each}`,
    `INSERT INTO leaderboard (project_id, slug, name, dataset_version_id, metric, direction, tie_breaks, filter, entry_per, pick, costs, visibility, exclude_leaks)
     SELECT 1, 'b' || i, 'B' || i, i, 'accuracy', 'HIGHER', '[]', '{}', 'RUN', 'LATEST', '{}', 'TEAM', false ${each}`,
    `INSERT INTO leaderboard_result (leaderboard_id, revision, summary) SELECT i, 0, '${summary}' ${each}`,
    `INSERT INTO leaderboard_entry (leaderboard_id, position, run_id, "row")
     SELECT b, i - 1, i, '${row}' ${each}, generate_series(1, ${ROWS}) AS b`,
    `INSERT INTO leaderboard_snapshot (leaderboard_id, number, document, digest)
     SELECT b, i, '{}', ${digest('i')} ${each}, generate_series(1, ${ROWS}) AS b`,
    `INSERT INTO leaderboard_link (snapshot_id, token_hash) SELECT s.id, lpad(to_hex(1000 * s.id + i), 64, '0')
       FROM leaderboard_snapshot s, generate_series(1, ${ROWS}) AS i`,
  ];
  for (const statement of statements) await pool.query(statement);
}

const BLOB = '{ digest url size mediaType }';
const CONFIGS = 'modelConfig { id name version digest spec } restorationConfig { id name version digest steps }';
const EVALUATION =
  'evaluation { codeVersion accuracy { value low high } macroF1 { value } perClass { label } confusionMatrix { counts } }';
const RUN = `id name status source seed sampleTotal sampleDone failure { code } environment samplesPerSecond
  params { key value } tags { key } metrics { key last }
  ${CONFIGS} ${EVALUATION} phaseCosts { phase wallSeconds cpuSeconds peakMemoryBytes device }
  experiment { id name project { id slug team { slug } } datasetVersion { id name dataset { id name } } }`;
const VERSION = 'id number name digest labels sampleCount dataset { id name project { id } }';
const RESTORATION = `{ step kind image ${BLOB} faces quality { psnr before { noise } after { noise } } }`;
const SAMPLE = `id index split label source image ${BLOB} restored(restorationConfigId: "RestorationConfig_1") ${BLOB}`;
const COLUMNS = `paramValues(keys: ["p1", "p2"]) metricValues(keys: ["m1", "m2"], aggregate: MIN) estimates(metrics: ["accuracy", "macro_f1"]) { value low } tagValues(keys: ["stage"])
  params { key value } metrics { key last } tags { key value }`;
const SEARCH =
  'search: "param.p1 = 1 and tag.stage:s* and finished", order: [{ metric: { key: "m1" }, direction: DESC }]';
const inProject = (fields: string): string => `{ node(id: "Project_1") { ... on Project { ${fields} } } }`;
const inTeam = (fields: string): string => `{ node(id: "Team_1") { ... on Team { ${fields} } } }`;
const page = (fields: string): string =>
  `{ totalCount edges { cursor node { ${fields} } } pageInfo { endCursor hasNextPage } }`;

/** Every list of the API, with whatever can be asked of its rows. N stands for the page. */
const LISTS: Record<string, string> = {
  projects: '{ projects(first: N) { edges { node { id slug team { id name } } } } }',
  'projects with their first experiment':
    '{ projects(first: N) { edges { node { id experiments(first: 1) { totalCount edges { node { id } } } } } } }',
  experiments: inProject(`experiments(first: N) ${page('id name plan project { id } datasetVersion { id dataset { id } }')}`),
  'experiments with their newest runs': inProject(`experiments(first: N) ${page(`id runs(first: 3) ${page(RUN)}`)}`),
  'experiments with counts of their runs': inProject(`experiments(first: N) ${page('id runCounts { status count }')}`),
  'runs with everything': `{ node(id: "Experiment_1") { ... on Experiment { runs(first: N) ${page(RUN)} } } }`,
  'runs by status': `{ node(id: "Experiment_1") { ... on Experiment { runs(first: N, status: [FINISHED]) ${page(RUN)} } } }`,
  'runs of a project, searched, with their columns': inProject(`runs(first: N, ${SEARCH}) ${page(`${RUN} ${COLUMNS}`)}`),
  'experiments with their best runs': inProject(`experiments(first: N) ${page(`id runs(first: 3, ${SEARCH}) ${page(`id ${COLUMNS}`)}`)}`),
  'projects with their newest runs': '{ projects(first: N) { edges { node { id runs(first: 2) { totalCount edges { node { id tags { key } } } } } } } }',
  'saved views': inProject(`savedViews(first: N) ${page('id name filter order columns project { id }')}`),
  'projects with their views': '{ projects(first: N) { edges { node { id savedViews(first: 2) { totalCount edges { node { id } } } } } } }',
  datasets: inProject(`datasets(first: N) ${page('id slug name project { id }')}`),
  'datasets with their versions': inProject(`datasets(first: N) ${page(`id versions(first: 2) ${page(VERSION)}`)}`),
  versions: `{ node(id: "Dataset_1") { ... on Dataset { versions(first: N) ${page(VERSION)} } } }`,
  'versions with their balance': `{ node(id: "Dataset_1") { ... on Dataset { versions(first: N) ${page('id classBalance { label count }')} } } }`,
  'versions with samples': `{ node(id: "Dataset_1") { ... on Dataset { versions(first: N) ${page(`id samples(first: 2) ${page(SAMPLE)}`)} } } }`,
  'samples with their restoration': `{ node(id: "DatasetVersion_1") { ... on DatasetVersion { samples(first: N) ${page(
    `id restoration(restorationConfigId: "RestorationConfig_1") ${RESTORATION}`,
  )} } } }`,
  'predictions with their restoration': `{ node(id: "Run_1") { ... on Run { predictions(first: N) ${page(
    `status restoration ${RESTORATION}`,
  )} } } }`,
  samples: `{ node(id: "DatasetVersion_1") { ... on DatasetVersion { samples(first: N) ${page(SAMPLE)} } } }`,
  'samples that are searched, with all that is known of them': `{ node(id: "DatasetVersion_1") { ... on DatasetVersion { sampleSearch(
    first: N, filter: { runs: [{ runId: "Run_1" }, { runId: "Run_21" }], agreement: [SAME_ANSWER], brightness: { min: 0 } }, order: { by: HARDNESS }
  ) { totalCount edges { cursor answers { runId predicted } node { ${SAMPLE} datasetVersion { id } measurements { brightness }
    nearest { distance sample { id label } } } } } } } }`,
  'samples with what runs say of them': `{ node(id: "DatasetVersion_1") { ... on DatasetVersion { samples(first: N) ${page('id predictions(first: 1) { edges { cursor } }')} } } }`,
  'what runs say of a sample': `{ node(id: "Sample_1-0") { ... on Sample { predictions(first: N) { edges { cursor node {
    predicted run { ${RUN} } restoredImage ${BLOB} rawText scores { label } } } } } } }`,
  'groups of duplicates': `{ node(id: "DatasetVersion_1") { ... on DatasetVersion { duplicates(first: N) ${page(`kind splits labels samples { ${SAMPLE} }`)} } } }`,
  'versions with their experiments, runs and imports': `{ node(id: "Dataset_1") { ... on Dataset { versions(first: N) ${page(
    'id experiments(first: 2) { edges { node { id runs(first: 2) { edges { node { id name } } } } } } imports(first: 1) { edges { node { fileName } } }',
  )} } } }`,
  'versions with their audits': `{ node(id: "Dataset_1") { ... on Dataset { versions(first: N) ${page('id audit { nearPairs leakedSamples leaks { samples } balance { split } }')} } } }`,
  predictions: `{ node(id: "Run_1") { ... on Run { predictions(first: N) ${page(
    `status predicted confidence correct latencyMicros scores { label score } sample { ${SAMPLE} } restoredImage ${BLOB}`,
  )} } } }`,
  logs: `{ node(id: "Run_1") { ... on Run { logs(first: N) { lineCount incomplete edges { node { number time stream level text } } } } } }`,
  'logs that are searched': `{ node(id: "Run_1") { ... on Run { logs(first: N, search: "LINE", level: INFO) { edges { node { number text } } } } } }`,
  'files and folders': `{ node(id: "Run_1") { ... on Run { artifacts(first: N) { edges { node {
    name isFolder fileCount size artifact { id path name version url run { id } blob ${BLOB} } } } } } } }`,
  'versions of a file': `{ node(id: "Run_1") { ... on Run { artifactVersions(first: N, path: "file 01") { edges { cursor node { id version blob ${BLOB} } } } } } }`,
  'model configs': inProject(`modelConfigs(first: N) ${page('id name version kind digest spec project { id }')}`),
  'restoration configs': inProject(`restorationConfigs(first: N) ${page('id name version digest steps project { id }')}`),
  'model configs with their versions and runs': inProject(`modelConfigs(first: N) ${page('versions { id } runs(first: 2) { edges { cursor } }')}`),
  'restoration configs with their versions and runs': inProject(`restorationConfigs(first: N) ${page('versions { id } runs(first: 2) { edges { cursor } }')}`),
  'models by name with what they were used for': inProject(`models(first: N) { edges { node { id name usage(allVersions: true) { runs latestRun { id name } bestRun { id } } } } }`),
  'restorations by name with what they were used for': inProject(`restorations(first: N) { edges { node { id name usage { runs cached latestRun { id name } bestRun { id } } } } }`),
  'parts of a run': `{ node(id: "Run_1") { ... on Run { children(first: N) { edges { node { ${RUN} } } } } } }`,
  'runs in the bin': inProject(`deletedRuns(first: N) { edges { node { ${RUN} } } }`),
  'runs with their executors': `{ node(id: "Experiment_1") { ... on Experiment { runs(first: N) ${page('id priority pausedAt executors { id name }')} } } }`,
  'runs with how far they are': `{ node(id: "Experiment_1") { ... on Experiment { runs(first: N) ${page('id createdBy progress { secondsLeft phases { phase } }')} } } }`,
  shards: `{ node(id: "Run_1") { ... on Run { shards(first: N) { edges { node { index attempts error run { id } executor { id name } } } } } } }`,
  executors: '{ executors(first: N) { edges { node { id name hardware } } } }',
  'executors with what they are at': '{ executors(first: N) { edges { node { id current { index run { id } } } } } }',
  'the queue with its runs': `{ queue { teams { team { name } state { queued } runs(first: N) { edges { node { id name priority experiment { name } modelConfig { name } } } } } } }`,
  'projects with their queue': '{ projects(first: N) { edges { node { id queue { queued } team { id queue { queued } } } } } }',
  leaderboards: inProject(`leaderboards(first: N) ${page(`id name metric result { samples checks { code } } datasetVersion { name dataset { name } } project { id }`)}`),
  'leaderboards with their first entries': inProject(`leaderboards(first: N) ${page(`id entries(first: 3) ${page(`rank name value { value }`)}`)}`),
  'entries of a leaderboard': `{ node(id: "Leaderboard_1") { ... on Leaderboard { entries(first: N) ${page(`rank name letters value { value low high } ranks { low high } costs { name } run { ${RUN} }`)} } } }`,
  'snapshots of a leaderboard': `{ node(id: "Leaderboard_1") { ... on Leaderboard { snapshots(first: N) ${page('id number digest leaderboard { name }')} } } }`,
  'links of a snapshot': '{ node(id: "LeaderboardSnapshot_1") { ... on LeaderboardSnapshot { links(first: N) { edges { node { id hasPassword snapshot { number } } } } } } }',
  imports: inProject(`imports(first: N) ${page('id fileName status problems { code } project { id } datasetVersion { id dataset { id } }')}`),
  teams: '{ teams(first: N) { edges { node { id slug name viewerPermissions } } } }',
  'projects of a team': inTeam('projects(first: N) { edges { node { id slug viewerPermissions team { id viewerPermissions } } } }'),
  'projects in the bin': inTeam('deletedProjects(first: N) { edges { node { id slug team { id } } } }'),
  members: inTeam('members(first: N) { totalCount edges { node { id role person { name email } team { id } } } }'),
  invitations: inTeam('invitations(first: N) { edges { node { id email role } } }'),
  tokens: inTeam('tokens(first: N) { edges { node { id name team { id } } } }'),
  'the audit log': inTeam('auditLog(first: N) { edges { node { action actorName target } } }'),
  things: '{ nodes(ids: [IDS]) { id ... on Run { name experiment { id } } } }',
}; // prettier-ignore

async function statementsOf(query: string, rows: number): Promise<string[]> {
  counter.taken();
  const ids = Array.from({ length: rows }, (_, i) => `"Run_${i + 1}"`).join(' ');
  const { data, errors } = await askGraphQL(stack.apiUrl, query.replace('N', String(rows)).replace('IDS', ids));
  expect(errors ?? []).toEqual([]);
  // So many rows were read that their number can show.
  expect((JSON.stringify(data).match(/"node":\{|"experiment":\{/g) ?? []).length).toBeGreaterThanOrEqual(rows);
  return counter.taken();
}

test('every list of the schema is among these, or is known to need none', () => {
  const text = readFileSync(path.join(import.meta.dirname, '../../apps/api/schema.graphql'), 'utf8');
  const asked = new Set(Object.values(LISTS).flatMap((query) => listsAskedFor(text, query.replaceAll('N)', '2)').replaceAll('N,', '2,'))));
  const lists = listFields(text);
  const typeOf = (field: string): string => field.split('.')[0]!;
  const left = lists.filter((field) => !asked.has(field) && !(field in READ_AT_ONCE));
  expect(left.filter((field) => !COMPUTED.includes(typeOf(field)))).toEqual([]);
  // Nothing is excused that is gone, or asked for.
  expect(Object.keys(READ_AT_ONCE).filter((field) => asked.has(field) || !lists.includes(field))).toEqual([]);
  expect(COMPUTED.filter((type) => !left.some((field) => typeOf(field) === type))).toEqual([]);
}); // prettier-ignore

test.each(Object.entries(LISTS))('%s need as many statements for 20 rows as for 2', async (_name, query) => {
  await statementsOf(query, 2); // connections are made, and queries compiled
  const few = await statementsOf(query, 2);
  const many = await statementsOf(query, ROWS);
  expect(few.length).toBeGreaterThan(0);
  expect(many.length, `${few.join('\n')}\n\n${many.join('\n')}`.slice(0, 20_000)).toBe(few.length);
});
