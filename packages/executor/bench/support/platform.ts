import { SamplewiseClient } from '@samplewise/client';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { startApi, type ApiUnderTest } from '../../../../scripts/bench/api.ts';
import type { BareLoop, BareRates } from './bare-loop.ts';
import { packFaces } from './fer2013.ts';
import type { BenchModel } from './models.ts';

export interface Platform {
  api: ApiUnderTest;
  client: SamplewiseClient;
  /** Imports so many faces. @returns what queues a run of a model over them */
  faces(assets: string, count: number): Promise<(model: BenchModel, bytes: Uint8Array) => Promise<string>>;
  stop(): Promise<void>;
}

/** The platform as it is started, but for its page. No executor is there at first. */
export async function startPlatform(): Promise<Platform> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-faces-'));
  const api = await startApi();
  const client = new SamplewiseClient({ url: api.url });
  const { result } = await api.ask(
    `mutation { result: createProject(input: { name: "Bench" }) { ... on CreateProjectPayload { project { id } } } }`,
  );
  const projectId = (result as { project: { id: string } }).project.id;
  const { config: none } = await client.createRestorationConfig({ projectId, name: 'none', steps: [] });
  let queued = 0;
  return {
    api,
    client,
    async faces(assets, count) {
      const archive = path.join(folder, `faces-${count}.tar.gz`);
      await packFaces(assets, count, archive);
      const { digest } = await client.upload(archive);
      const { id } = await client.importDataset({
        projectId,
        dataset: 'FER-2013',
        version: `${count} faces`,
        format: 'image-folder',
        fileName: path.basename(archive),
        uploadDigest: digest,
      });
      const { datasetVersion, problems } = await client.waitForImport(id);
      if (!datasetVersion) throw new Error(JSON.stringify(problems));
      return async (model, bytes) => {
        const weights = await client.upload(Readable.from([bytes]));
        const { name, labels, input, activation } = model;
        const spec = {
          kind: 'onnx-classifier',
          weights: { digest: weights.digest },
          labels,
          input,
          output: { activation },
        };
        const { config } = await client.createModelConfig({ projectId, name, spec });
        const plan = { modelConfigIds: [config.id], restorationConfigIds: [none.id] };
        const experiment = await client.createExperiment({
          projectId,
          name: `${name} ${queued++}`,
          datasetVersionId: datasetVersion.id,
          plan,
        });
        return (await client.queueRuns(experiment.id))[0]!.id;
      };
    },
    async stop() {
      await api.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface Timing {
  /** From queueing to the end, in seconds. */
  whole: number;
  /** Until the first shard was begun: an executor noticed. */
  noticed: number;
  /** Until the first shard was stored: the model was loaded. */
  first: number;
  /** From then on until the last one was stored. */
  rest: number;
  evaluation: number;
  /** Of the model's process. */
  cpuSeconds: number;
  /** Of the first shard. */
  firstSamples: number;
  samples: number;
}

/** Waits for a run's end. @throws Error when it failed */
export async function timeRun({ api, client }: Platform, runId: string): Promise<Timing> {
  const run = await client.waitForRun(runId);
  if (run.status !== 'FINISHED') throw new Error(`the run is ${run.status}: ${JSON.stringify(run.failure)}`);
  const { rows } = await api.database.pool.query<Record<keyof Timing, number>>(
    `SELECT extract(epoch FROM finished_at - created_at)::float8 AS whole,
            extract(epoch FROM started_at - created_at)::float8 AS noticed,
            extract(epoch FROM s.first - created_at)::float8 AS first,
            extract(epoch FROM s.last - s.first)::float8 AS rest,
            extract(epoch FROM finished_at - s.last)::float8 AS evaluation,
            (SELECT samples FROM run_shard WHERE run_id = r.id AND finished_at = s.first LIMIT 1) AS "firstSamples",
            (SELECT sum(cpu_seconds) FROM phase_cost WHERE run_id = r.id AND phase IN ('PREPROCESSING', 'INFERENCE')) AS "cpuSeconds",
            sample_total AS samples
       FROM run r, LATERAL (SELECT min(finished_at) AS first, max(finished_at) AS last FROM run_shard WHERE run_id = r.id) AS s
      WHERE r.id = $1`,
    [runId.slice('Run_'.length)],
  );
  return rows[0]!;
}

/** Runs the bare loop in a process of its own. */
export async function bareLoop(bytes: Uint8Array, task: Omit<BareLoop, 'model'>): Promise<BareRates> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-bare-'));
  try {
    const model = path.join(folder, 'model.onnx');
    await writeFile(model, bytes);
    const child = fork(path.join(import.meta.dirname, 'bare-loop.ts'), { serialization: 'advanced', execArgv: [] });
    const answered = Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => {
        throw new Error('the bare loop ended without an answer');
      }),
    ]);
    child.send({ ...task, model } satisfies BareLoop);
    const [rates] = (await answered) as [BareRates];
    return rates;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
