import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mutate } from '../setup/ask.ts';
import { PYTHON, pythonHas } from '../setup/python.ts';
import { startStack, type Stack } from '../setup/stack.ts';
import { tinyProject } from '../setup/tiny-dataset.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CLIENT = path.join(ROOT, 'packages/python-client');
const BOX = path.join(ROOT, 'packages/demo/box');

/** The client needs nothing but Python's standard library. */
const HAS_PYTHON = pythonHas('sys.version_info >= (3, 10)');

let stack: Stack;
let slug: string;
let leaderboardId: string;

beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
  const { slug: project, projectId, datasetVersionId } = await tinyProject(stack.client, 'Python');
  slug = project;
  await mutate(stack, 'hideLabels', { datasetVersionId, splits: ['VALIDATION'] }, '__typename');
  const board = { projectId, datasetVersionId, split: 'VALIDATION', name: 'Competition' };
  const made = await mutate(
    stack,
    'createLeaderboard',
    board,
    '... on CreateLeaderboardPayload { leaderboard { id } }',
  );
  leaderboardId = (made as { leaderboard: { id: string } }).leaderboard.id;
  await mutate(stack, 'setCompetition', { leaderboardId, closesAt: '2100-01-01T00:00:00Z' }, '__typename');
});
afterAll(() => stack.stop());

test.skipIf(!HAS_PYTHON)('the Python client does against a real server what its tests say', async () => {
  const spec = {
    kind: 'onnx-classifier',
    labels: ['angry', 'disgust', 'fear', 'happy', 'neutral', 'sad', 'surprise'],
    input: { name: 'pixel_values', width: 48, height: 48 },
  };
  const { stderr } = await promisify(execFile)(PYTHON, ['-m', 'unittest', 'discover', '-s', 'tests', '-v'], {
    cwd: CLIENT,
    env: {
      PATH: process.env.PATH ?? '',
      PYTHONPATH: path.join(CLIENT, 'src'),
      PYTHONDONTWRITEBYTECODE: '1',
      SAMPLEWISE_URL: stack.apiUrl,
      PROJECT: slug,
      LEADERBOARD: leaderboardId,
      MODEL_SPEC: JSON.stringify(spec),
      MODEL_FILE: path.join(BOX, 'models/resnet-mini.onnx'),
    },
  });
  expect(stderr).toMatch(/Ran \d+ tests.*\n+OK/s);
});
