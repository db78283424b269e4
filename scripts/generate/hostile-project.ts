import { packFolder } from '@samplewise/client';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { importUpload } from './dataset.ts';
import { readFaces, SIDE } from './faces.ts';
import { HOSTILE_NAMES, HOSTILE_PROSE } from './hostile.ts';
import { base64, mutate, type Target } from './target.ts';

/** Also names of folders: without what file systems or archives refuse. */
const LABELS = ['<b>angry<b>', 'سعيد جدا 😀', 'a class with a name of some length that nobody will ever want to read'];
const IMAGES = 8;

export interface HostileProject {
  projectId: string;
  slug: string;
  datasetVersionId: string;
  experimentId: string;
  /** Evaluated. */
  runId: string;
}

/**
 * A project in which every name and text is one that pages must bear.
 * @param of the project beside it: its own name has that one's in it
 */
export async function createHostileProject({ client }: Target, of: string): Promise<HostileProject> {
  const { project } = await mutate<{ project: { id: string; slug: string } }>(
    client,
    'createProject',
    {
      name: `<b>${of}</b> 👩‍🔬 تجربة that goes on and on and on until the end`.slice(0, 120),
      description: HOSTILE_PROSE,
    },
    'project { id slug }',
  );
  const projectId = project.id;
  const datasetVersionId = await importHostileImages(client, projectId);
  const spec = { kind: 'external', labels: LABELS, description: HOSTILE_PROSE };
  const { config: model } = await client.createModelConfig({ projectId, name: HOSTILE_NAMES[5], spec });
  const { config: restoration } = await client.createRestorationConfig({
    projectId,
    name: HOSTILE_NAMES[2],
    steps: [],
  });
  const { id: experimentId } = await client.createExperiment({
    projectId,
    name: HOSTILE_NAMES[3],
    description: HOSTILE_PROSE,
    datasetVersionId,
  });
  const runs: string[] = [];
  for (const [i, name] of HOSTILE_NAMES.entries()) {
    const { run } = await mutate<{ run: { id: string } }>(
      client,
      'createRun',
      {
        experimentId,
        name,
        description: HOSTILE_PROSE,
        group: HOSTILE_NAMES[(i + 1) % HOSTILE_NAMES.length],
        modelConfigId: model.id,
        restorationConfigId: restoration.id,
        params: { [HOSTILE_NAMES[2]]: name, value: i % 3 === 0 ? 'text' : i },
        tags: [{ key: HOSTILE_NAMES[4], value: name }],
      },
      'run { id }',
    );
    runs.push(run.id);
  }
  await endRuns(client, runs);
  await mutate(
    client,
    'createLeaderboard',
    { projectId, datasetVersionId, name: HOSTILE_NAMES[8] },
    'leaderboard { id }',
  );
  return { projectId, slug: project.slug, datasetVersionId, experimentId, runId: runs[0]! };
}

async function importHostileImages(client: Target['client'], projectId: string): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-hostile-'));
  try {
    const faces = await readFaces();
    for (const [l, label] of LABELS.entries()) {
      await mkdir(path.join(folder, label));
      for (let i = 0; i < IMAGES; i++) {
        const image = sharp(faces[l]![i], { raw: { width: SIDE, height: SIDE, channels: 1 } });
        await image.toFile(path.join(folder, label, `image ${i} <i>&amp; صورة.png`));
      }
    }
    const { stream } = await packFolder(folder);
    const source = { dataset: HOSTILE_NAMES[0], version: HOSTILE_NAMES[7], fileName: `${HOSTILE_NAMES[4]}.tar` };
    return await importUpload(client, projectId, { ...source, format: 'image-folder', bytes: stream });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A run of each end: most are evaluated, of others some samples have no prediction, some fail, and the last goes on. */
async function endRuns(client: Target['client'], runs: readonly string[]): Promise<void> {
  const total = LABELS.length * IMAGES;
  for (const [i, runId] of runs.entries()) {
    if (i === runs.length - 1) continue;
    const predicted = Int32Array.from({ length: total }, (_, s) =>
      s % 7 === i % 7 ? (i % 2 === 0 ? -1 : (s + 1) % LABELS.length) : Math.floor(s / IMAGES),
    );
    const columns = { sampleIndex: base64(Int32Array.from(predicted.keys())), predicted: base64(predicted) };
    await mutate(client, 'logPredictions', { runId, batchId: 'all', ...columns }, 'sampleDone');
    if (i % 5 === 4) await mutate(client, 'failRun', { runId, reason: HOSTILE_PROSE.slice(0, 1000) }, 'run { id }');
    else if (i % 5 === 3) await mutate(client, 'cancelRun', { runId }, 'run { id }');
    else await mutate(client, 'finishRun', { runId }, 'run { id }');
  }
  for (const [i, runId] of runs.entries()) if (i % 5 < 3 && i < runs.length - 1) await client.waitForRun(runId);
}
