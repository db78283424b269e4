import { copyMetrics, copyRows, inTransaction, metricKeyIds, type Database } from '@samplewise/database';
import type pg from 'pg';
import { Chance } from './chance.ts';
import { decideRun, type RunFacts } from './run-facts.ts';
import { ALL_METRICS, metricsOf } from './run-metrics.ts';

/** Where runs go. */
export interface RunPlace {
  projectId: bigint;
  /** Runs are dealt out to them in turn. */
  experimentIds: readonly bigint[];
  /** In the order of STUDY_MODELS; none: the project has no models. */
  modelConfigIds?: readonly bigint[];
  /** Of the experiments' samples. */
  sampleTotal: number;
  /** Of the latest run, in milliseconds since 1970. */
  now: number;
  seed: number;
  /** Each so many-th run has its metrics' histories; the others the last values. */
  historyEvery?: number;
}

type NewRun = RunFacts & { id: bigint; experimentId: bigint; index: number };

const RUNS_AT_ONCE = 2000;
/** The latest runs, some of which are going on. */
const RECENT = 30;
/** Between two runs. */
const PAUSE_MILLISECONDS = 11 * 60_000;

/**
 * Trainings that clients have logged, with all that they log but predictions: as rows, since the API would take many
 * minutes. What is stored is what the API stores.
 * @returns their ids, in their order
 */
export async function insertLoggedRuns(database: Database, place: RunPlace, count: number): Promise<bigint[]> {
  const chance = new Chance(place.seed, 'runs');
  const keyIds = await metricKeyIds(database.pool, ALL_METRICS);
  const ids: bigint[] = [];
  for (let from = 0; from < count; from += RUNS_AT_ONCE) {
    const some = Math.min(RUNS_AT_ONCE, count - from);
    await inTransaction(database.pool, async (client) => {
      const { rows } = await client.query<{ id: bigint }>(
        `SELECT nextval('run_id_seq') AS id FROM generate_series(1, $1::int) ORDER BY id`,
        [some],
      );
      const runs = rows.map(({ id }, i): NewRun => {
        const index = from + i;
        const facts = decideRun(
          index,
          chance,
          place.now - (count - index) * PAUSE_MILLISECONDS,
          count - index <= RECENT,
        );
        return { ...facts, id, index, experimentId: place.experimentIds[index % place.experimentIds.length]! };
      });
      await copyRuns(client, place, runs);
      const every = place.historyEvery ?? Infinity;
      const { projectId } = place;
      const metrics = runs.map((run) => ({
        run: { id: run.id, projectId },
        series: metricsOf(run, chance, run.index % every === 0),
      }));
      await copyMetrics(client, metrics, keyIds);
      ids.push(...runs.map(({ id }) => id));
    });
  }
  return ids;
}

async function copyRuns(client: pg.ClientBase, place: RunPlace, runs: readonly NewRun[]): Promise<void> {
  await copyRows(
    client,
    `run (id, project_id, experiment_id, name, description, "group", status, source, model_config_id, seed, sample_total,
          failure, environment, created_at, started_at, finished_at, heartbeat_at, archived_at, deleted_at)`,
    runs,
    (row, run) => {
      const text = (value: string): void => row.text(value);
      const time = (value: number): void => row.timestamp(value);
      const json = (value: unknown): void => row.jsonb(value);
      row.begin(19);
      row.int8(run.id);
      row.int8(place.projectId);
      row.int8(run.experimentId);
      row.text(run.name);
      row.text(run.description);
      row.optional(run.group, text);
      row.text(run.status);
      row.text('CLIENT');
      row.optional(place.modelConfigIds?.[run.model], (id) => row.int8(id));
      row.int4(run.seed);
      row.int4(place.sampleTotal);
      row.optional(run.failure, json);
      row.jsonb(run.environment);
      row.timestamp(run.created);
      row.timestamp(run.created);
      row.optional(run.finished, time);
      row.timestamp(run.finished ?? place.now);
      row.optional(run.archived ? run.finished : null, time);
      row.optional(run.deleted ? run.finished : null, time);
    },
  );
  await copyFacts(client, place.projectId, runs);
  await copyLogs(client, runs);
}

async function copyFacts(client: pg.ClientBase, projectId: bigint, runs: readonly NewRun[]): Promise<void> {
  const params = runs.flatMap(({ id, params: all }) => all.map((param) => ({ id, ...param })));
  await copyRows(client, 'run_param (run_id, project_id, key, value, number)', params, (row, param) => {
    row.begin(5);
    row.int8(param.id);
    row.int8(projectId);
    row.text(param.key);
    row.text(param.value);
    row.optional(param.number, (number) => row.float8(number));
  });
  const tags = runs.flatMap(({ id, tags: all }) => all.map((tag) => ({ id, ...tag })));
  await copyRows(client, 'run_tag (run_id, project_id, key, value)', tags, (row, tag) => {
    row.begin(4);
    row.int8(tag.id);
    row.int8(projectId);
    row.text(tag.key);
    row.text(tag.value);
  });
  const ended = runs.filter((run) => run.finished !== null);
  const columns = 'run_id, phase, wall_seconds, cpu_seconds, peak_memory_bytes, device, samples, energy_joules';
  await copyRows(client, `phase_cost (${columns}, energy_source, price, currency)`, ended, (row, run) => {
    const seconds = (run.finished! - run.created) / 1000;
    row.begin(11);
    row.int8(run.id);
    row.text('TRAINING');
    row.float8(seconds);
    row.float8(seconds * 3.5);
    row.int8(BigInt(6 + (run.index % 16)) << 30n);
    row.text('NVIDIA RTX A5000');
    row.int4(0);
    row.float8(seconds * 210);
    row.text('declared');
    row.float8((seconds / 3600) * 0.44);
    row.text('EUR');
  });
}

async function copyLogs(client: pg.ClientBase, runs: readonly NewRun[]): Promise<void> {
  const logged = runs.filter((run) => run.log.length > 0);
  await copyRows(client, 'run_log (run_id, lines, bytes)', logged, (row, { id, log }) => {
    row.begin(3);
    row.int8(id);
    row.int4(log.length);
    row.int8(BigInt(log.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)));
  });
  const lines = logged.flatMap(({ id, log }) => log.map((line, i) => ({ id, number: i + 1, ...line })));
  await copyRows(client, 'log_line (run_id, number, time, stream, level, text)', lines, (row, line) => {
    row.begin(6);
    row.int8(line.id);
    row.int4(line.number);
    row.timestamp(line.time);
    row.text(line.stream);
    row.optional(line.level, (level) => row.text(level));
    row.text(line.text);
  });
}
