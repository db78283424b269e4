import type pg from 'pg';

/** A run as the oracle of the search knows it. */
export interface KnownRun {
  id: number;
  experiment: number;
  name: string;
  group: string | null;
  status: string;
  seed: number;
  /** Milliseconds since 1970. */
  created: number;
  finished: number | null;
  /** Seconds before its end at which it began; none where it has not ended. */
  duration: number | null;
  /** Wall seconds by phase. */
  costs: Readonly<Partial<Record<'INFERENCE' | 'EVALUATION', number>>>;
  archived: boolean;
  deleted: boolean;
  model: number | null;
  parent: number | null;
  params: Readonly<Record<string, string>>;
  tags: Readonly<Record<string, string>>;
  metrics: Readonly<Record<string, { last: number; min: number; max: number; step: number }>>;
}

export const MODELS = ['resnet', 'ResNet-50', 'vgg', "o'net"];
export const EXPERIMENTS = 3;
const STATUSES = ['QUEUED', 'RUNNING', 'FINISHED', 'FAILED', 'CANCELED'];
export const LONG = 'long '.repeat(40);
export const TEXTS = [
  'adam',
  'Adam',
  'sgd',
  '',
  '100%',
  'a_b',
  'a\\b',
  '"quoted"',
  "it's",
  '0.1',
  '🧪',
  `${LONG}a`,
  `${LONG}b`,
];
const NUMBERS = [NaN, Infinity, -Infinity, 0, 0.5, 0.25, -1, 1e-9];

/** The same numbers each time: a linear congruential generator. */
function dice(seed: number): { below: (n: number) => number; of: <T>(list: readonly T[]) => T } {
  let state = seed;
  const below = (n: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  return { below, of: (list) => list[below(list.length)]! };
}

/** Runs with ties, gaps and every odd value, in project 1; each has a twin in project 2, which nobody may find. */
export async function fillRuns(pool: pg.Pool, count: number): Promise<KnownRun[]> {
  const runs = makeRuns(count);
  const insert = (table: string, columns: string, rows: object[]): Promise<unknown> =>
    pool.query(`INSERT INTO ${table} SELECT * FROM json_to_recordset($1) AS r(${columns})`, [JSON.stringify(rows)]);
  await pool.query(`INSERT INTO team (id, slug, name) VALUES (1, 't', 'T')`);
  await pool.query(`INSERT INTO project (id, team_id, slug, name) VALUES (1, 1, 'one', 'One'), (2, 1, 'two', 'Two')`);
  const twins = [
    { project: 1, shift: 0 },
    { project: 2, shift: 1_000_000 },
  ];
  for (const { project, shift } of twins) {
    await pool.query(
      `INSERT INTO experiment (id, project_id, name) SELECT $2 + i, $1, 'experiment ' || i FROM generate_series(1, $3::int) i`,
      [project, shift, EXPERIMENTS],
    );
    await pool.query(
      `INSERT INTO model_config (id, project_id, name, version, kind, spec, digest)
       SELECT $2 + i, $1, name, i, 'ONNX_CLASSIFIER', '{}', lpad(i::text, 64, '0') FROM unnest($3::text[]) WITH ORDINALITY m(name, i)`,
      [project, shift, MODELS],
    );
    const dated = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());
    await pool.query(
      `INSERT INTO run (id, project_id, experiment_id, parent_id, name, "group", status, source, model_config_id, seed, sample_total,
                        created_at, started_at, finished_at, archived_at, deleted_at)
       SELECT id, ${project}, experiment, parent, name, "group", status, 'CLIENT', model, seed, 0, created, started, finished, archived, deleted
         FROM json_to_recordset($1) AS r(id int8, experiment int8, parent int8, name text, "group" text, status "RunStatus",
              model int8, seed int, created timestamptz, started timestamptz, finished timestamptz, archived timestamptz, deleted timestamptz)`,
      [
        JSON.stringify(
          runs.map((run) => ({
            ...run,
            id: run.id + shift,
            experiment: run.experiment + shift,
            parent: run.parent === null ? null : run.parent + shift,
            model: run.model === null ? null : run.model + shift,
            created: dated(run.created),
            started: dated(run.finished === null ? null : run.finished - run.duration! * 1000),
            finished: dated(run.finished),
            archived: run.archived ? dated(run.created) : null,
            deleted: run.deleted ? dated(run.created) : null,
          })),
        ),
      ],
    );
    const of = <T>(pick: (run: KnownRun) => Readonly<Record<string, T>>) =>
      runs.flatMap((run) => Object.entries(pick(run)).map(([key, value]) => ({ run_id: run.id + shift, key, value })));
    await insert(
      'run_param',
      'run_id int8, project_id int8, key text, value text, number float8',
      of((run) => run.params).map((row) => ({ ...row, project_id: project, number: numberOf(row.value) })),
    );
    await insert(
      'run_tag',
      'run_id int8, project_id int8, key text, value text',
      of((run) => run.tags).map((row) => ({ ...row, project_id: project })),
    );
    await pool.query(
      `INSERT INTO phase_cost (run_id, phase, wall_seconds, cpu_seconds, device, samples)
       SELECT run_id, key::"Phase", value, 0, 'cpu', 0 FROM json_to_recordset($1) AS r(run_id int8, key text, value float8)`,
      [JSON.stringify(of((run) => run.costs))],
    );
    await pool.query(
      `INSERT INTO metric_key (id, name) VALUES (1, 'accuracy'), (2, 'loss/val') ON CONFLICT DO NOTHING`,
    );
    const metrics = of((run) => run.metrics).map(({ run_id, key, value: { last, min, max, step } }) => ({
      run_id,
      key_id: key === 'accuracy' ? 1 : 2,
      project_id: project,
      count: 1,
      last_step: step,
      last_time: '2026-01-01',
      last: String(last),
      min: String(min),
      max: String(max),
    }));
    await insert(
      'metric_summary (run_id, key_id, project_id, count, last_step, last_time, last, min, max)',
      'run_id int8, key_id int, project_id int8, count int, last_step int8, last_time timestamptz, last float8, min float8, max float8',
      metrics,
    );
  }
  await pool.query('ANALYZE');
  return runs;
}

export const numberOf = (text: string): number | null =>
  /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text) ? Number(text) : null;

function makeRuns(count: number): KnownRun[] {
  const { below, of } = dice(7);
  const start = Date.UTC(2026, 0, 1);
  return Array.from({ length: count }, (_, i): KnownRun => {
    const last = below(10) === 0 ? of(NUMBERS) : below(1000) / 1000;
    const spread = [last, last - 0.5, last + 0.25].filter((v) => !Number.isNaN(v));
    const accuracy = {
      last,
      min: Math.min(...(spread.length > 0 ? spread : [NaN])),
      max: Math.max(...(spread.length > 0 ? spread : [NaN])),
      step: below(5),
    };
    const finished = below(3) === 0 ? null : start + below(500) * 61_000;
    return {
      id: i + 1,
      experiment: 1 + below(EXPERIMENTS),
      name: `${of(['fold', 'Fold', 'trial', 'x%y'])} ${below(50)}`,
      group: below(3) === 0 ? null : `g${below(20)}`,
      status: of(STATUSES),
      seed: below(6),
      created: start + below(500) * 60_000,
      finished,
      duration: finished === null ? null : ((i * 37) % 101) / 4,
      costs: {
        ...(i % 7 === 0 ? {} : { INFERENCE: ((i * 13) % 50) / 2 }),
        ...(i % 3 === 0 ? { EVALUATION: 1 } : {}),
      },
      archived: below(12) === 0,
      deleted: below(15) === 0,
      model: below(5) === 0 ? null : 1 + below(MODELS.length),
      parent: i > 0 && below(10) === 0 ? 1 + below(Math.min(i, 20)) : null,
      params: {
        ...(below(10) === 0 ? {} : { lr: of(['0.1', '0.01', '1e-3', 'auto', '3']) }),
        ...(below(4) === 0 ? {} : { opt: of(TEXTS) }),
        // In the order of the accuracies, so that what fits lies at the end of them.
        ...(last > 0.02 ? {} : { poor: 'yes' }),
        ...(below(400) === 0 ? { rare: String(below(3)) } : {}),
      },
      tags: {
        ...(below(2) === 0 ? {} : { stage: of(['final', 'Final', 'draft', '']) }),
        ...(below(50) === 0 ? { good: '' } : {}),
      },
      metrics: {
        ...(below(8) === 0 ? {} : { accuracy }),
        ...(below(300) === 0 ? { 'loss/val': { last: below(4), min: 0, max: 4, step: below(9) } } : {}),
      },
    };
  });
}
