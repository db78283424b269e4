import { Readable } from 'node:stream';
import type { ExperimentReport } from '@samplewise/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mutate } from '../setup/ask.ts';
import { startStack, until, type Stack } from '../setup/stack.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
});
afterAll(() => stack.stop());

/** Squares in a square, at a place by which pictures differ; `more` is added to one pixel. */
function picture(place: number, more = 0): string {
  const pixels = Array.from({ length: 2304 }, (_, i) => {
    const [x, y] = [i % 48, Math.floor(i / 48)];
    return (x * (place + 3) + y * y * (place + 1)) % 251;
  });
  pixels[0]! += more;
  return pixels.join(' ');
}

/** Four tested pictures: the same bytes in the training, almost the same under another label, and two by themselves. */
const CSV = [
  'emotion,pixels,Usage',
  `0,${picture(1)},Training`,
  `3,${picture(2)},Training`,
  `0,${picture(1)},PrivateTest`,
  `5,${picture(2, 1)},PrivateTest`,
  `4,${picture(7)},PrivateTest`,
  `6,${picture(11)},PrivateTest`,
  '',
].join('\n');

async function reportOf(id: string): Promise<ExperimentReport> {
  const response = await fetch(`${stack.apiUrl}/experiments/${id}/report.json`);
  expect(response.status).toBe(200);
  return ((await response.json()) as { document: ExperimentReport }).document;
}

test('tested pictures that stand in the training are told, the same ones and those that look the same', async () => {
  const { client } = stack;
  const { id: projectId } = await client.createProject({ name: 'Leaks' });
  const { digest: uploadDigest } = await client.upload(Readable.from([CSV]));
  const source = { format: 'fer-csv', fileName: 'fer.csv', uploadDigest } as const;
  const { id } = await client.importDataset({ projectId, dataset: 'Faces', version: 'one', ...source });
  const datasetVersionId = (await client.waitForImport(id)).datasetVersion!.id;
  const question = { projectId, datasetVersionId };
  const tested = await client.createExperiment({ ...question, name: 'The test', split: 'TEST' });
  const all = await client.createExperiment({ ...question, name: 'All' });

  const report = await until(
    async () => {
      const found = await reportOf(tested.id);
      return found.audit ? found : undefined;
    },
    30,
    'the audit',
  );
  expect(report.audit).toMatchObject({ exact: 1, near: 1, conflicts: 1 });
  expect(report.audit!.pairs.map(({ tested: one, other, distance }) => [one.label, other.label, distance])).toEqual([
    ['angry', 'angry', null],
    ['surprise', 'happy', 0],
  ]);
  expect(report.threats.join(' ')).toContain('2 of 4 tested samples stand in an earlier split too');
  expect((await reportOf(all.id)).audit).toBeNull();
});

test('an experiment without samples has no report, and a page that is no address gets none', async () => {
  const { id: projectId } = await stack.client.createProject({ name: 'Trainings' });
  const fields = '... on CreateExperimentPayload { experiment { id } }';
  const { experiment } = (await mutate(stack, 'createExperiment', { projectId, name: 'None' }, fields)) as {
    experiment: { id: string };
  };
  const status = async (path: string): Promise<number> => (await fetch(`${stack.apiUrl}/experiments/${path}`)).status;
  expect(await status(`${experiment.id}/report.json`)).toBe(404);
  expect(await status(`${experiment.id}/report.exe`)).toBe(404);
  expect(await status(`${experiment.id}/report.html?page=javascript:alert(1)`)).toBe(400);
});
