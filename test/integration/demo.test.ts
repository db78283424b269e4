import { BOX, seed } from '@samplewise/demo';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDemo, seededDemo } from '../setup/demo.ts';
import { startStack, until, type Stack } from '../setup/stack.ts';

let stack: Stack;
let demo: Awaited<ReturnType<typeof readDemo>>;

beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
  await seededDemo(stack.client);
  demo = await until(
    async () => {
      const now = await readDemo(stack.client);
      const runs = now.experiments.flatMap((e) => e.runs);
      return runs.every((run) => ['FINISHED', 'FAILED'].includes(run.status)) ? now : undefined;
    },
    120,
    'the end of the demo',
  );
});
afterAll(() => stack.stop());

const experimentOf = (part: string) => demo.experiments.find((e) => e.name.includes(part))!;

describe('the demo, seeded through the API and run by an executor', () => {
  test('finishes every run with accuracies within one point of the reference figures', async () => {
    const reference = JSON.parse(await readFile(path.join(BOX, 'reference.json'), 'utf8')) as Record<
      string,
      Record<string, number>
    >;
    const key = (model: string): string => (model === 'clip-mini' ? 'clip-mini one prompt' : model);
    let compared = 0;
    for (const [part, column] of [
      ['degraded', 'degraded'],
      ['Clean', 'clean'],
    ] as const) {
      for (const run of experimentOf(part).runs) {
        const expected =
          reference[key(run.modelConfig.name)]![run.restorationConfig.name === 'none' ? column : 'restored_bicubic']!;
        expect(run.status).toBe('FINISHED');
        expect(
          run.evaluation!.accuracy.value * 100,
          `${run.modelConfig.name}, ${run.restorationConfig.name}`,
        ).toBeGreaterThan(expected - 1);
        expect(run.evaluation!.accuracy.value * 100).toBeLessThan(expected + 1);
        compared++;
      }
    }
    expect(compared).toBe(12);
  });

  test('stores every sample of every run exactly once, and what it shows can be counted again from that', async () => {
    for (const run of experimentOf('degraded').runs) {
      const id = run.id.replace('Run_', '');
      const { rows } = await stack.pool.query<{ n: string; correct: string; distinct: string }>(
        `SELECT count(*) AS n, count(DISTINCT sample_index) AS distinct, count(*) FILTER (WHERE predicted = s.label) AS correct
           FROM prediction p JOIN run r ON r.id = p.run_id JOIN experiment e ON e.id = r.experiment_id
           JOIN sample s ON s.version_id = e.dataset_version_id AND s.index = p.sample_index WHERE run_id = $1`,
        [id],
      );
      expect(rows[0]).toMatchObject({ n: '420', distinct: '420' });
      expect(Number(rows[0]!.correct) / 420).toBeCloseTo(run.evaluation!.accuracy.value, 12);
    }
  });

  test('restores each image once: later runs read the cache and say so', async () => {
    const { rows } = await stack.pool.query<{ cached: number }>(
      `SELECT cached FROM phase_cost c JOIN run r ON r.id = c.run_id JOIN restoration_config x ON x.id = r.restoration_config_id
        WHERE phase = 'PREPROCESSING' AND x.name <> 'none' ORDER BY r.id`,
    );
    expect(rows.map((r) => r.cached)).toEqual([0, 420, 420, 420]);
    const { rows: made } = await stack.pool.query<{ n: string }>('SELECT count(*) AS n FROM restored_image');
    expect(made[0]!.n).toBe('420');
  });

  test('shows the samples of a confusion cell with the original and the restored image', async () => {
    const run = experimentOf('degraded').runs.find((r) => r.restorationConfig.name !== 'none')!;
    const data = (await stack.client.query(
      `query ($id: ID!) { node(id: $id) { ... on Run {
        evaluation { confusionMatrix { labels counts } }
        predictions(truth: "happy", predicted: "sad", first: 5) {
          totalCount edges { node { predicted correct sample { label image { url } } restoredImage { url } scores { label score } } }
        } } } }`,
      { id: run.id },
    )) as {
      node: {
        evaluation: { confusionMatrix: { labels: string[]; counts: number[][] } };
        predictions: { totalCount: number; edges: { node: Cell }[] };
      };
    };
    const { labels, counts } = data.node.evaluation.confusionMatrix;
    expect(data.node.predictions.totalCount).toBe(counts[labels.indexOf('happy')]![labels.indexOf('sad')]);
    expect(data.node.predictions.edges.length).toBeGreaterThan(0);
    for (const { node } of data.node.predictions.edges) {
      expect(node).toMatchObject({ predicted: 'sad', correct: false, sample: { label: 'happy' } });
      expect(node.scores.reduce((sum, s) => sum + s.score, 0)).toBeCloseTo(1, 5);
      for (const { url } of [node.sample.image, node.restoredImage]) {
        const response = await fetch(`${stack.apiUrl}${url}`);
        expect(response.status).toBe(200);
        expect(response.headers.get('content-type')).toBe('image/png');
        expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(100);
      }
    }
  });

  test('is seeded twice without a second copy of anything', async () => {
    await seed(stack.client, () => undefined);
    const again = await readDemo(stack.client);
    expect(again.experiments.map((e) => e.runs.length)).toEqual(demo.experiments.map((e) => e.runs.length));
  });

  test('gives the same predictions when a run is repeated', async () => {
    const experiment = experimentOf('Clean');
    const model = experiment.runs[0]!;
    const plan = { modelConfigIds: [model.modelConfig.id], restorationConfigIds: [model.restorationConfig.id] };
    const [queued] = await stack.client.queueRuns(experiment.id, plan);
    const repeated = await stack.client.waitForRun(queued!.id);
    expect(repeated.status).toBe('FINISHED');
    const { rows } = await stack.pool.query<{ predictions_digest: string }>(
      'SELECT predictions_digest FROM evaluation WHERE run_id = ANY($1)',
      [[model.id, repeated.id].map((id) => id.replace('Run_', ''))],
    );
    expect(rows).toHaveLength(2);
    expect(new Set(rows.map((r) => r.predictions_digest)).size).toBe(1);
  });
});

interface Cell {
  predicted: string;
  correct: boolean;
  sample: { label: string; image: { url: string } };
  restoredImage: { url: string };
  scores: { label: string; score: number }[];
}
