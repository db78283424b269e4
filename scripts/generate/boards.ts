import type { SamplewiseClient } from '@samplewise/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { mutate } from './target.ts';

const PATIENCE_SECONDS = 120;

export interface Boards {
  /** By accuracy, each run an entry. */
  first: string;
  /** Path of a report that is open to whoever has the link. */
  shared: string;
}

/** Leaderboards of a version, ranked, the first with a snapshot and a link to it. */
export async function createBoards(
  client: SamplewiseClient,
  projectId: string,
  datasetVersionId: string,
): Promise<Boards> {
  const rules = [
    { name: 'Emotions: accuracy', metric: 'accuracy', costs: ['inferenceSeconds', 'latencyP95Milliseconds'] },
    { name: 'Emotions: macro F1, best of each model', metric: 'macroF1', entryPer: 'MODEL_CONFIG', pick: 'BEST' },
    { name: 'Emotions: log loss, without leaks', metric: 'logLoss', excludeLeaks: true },
  ];
  const ids: string[] = [];
  for (const rule of rules) {
    const input = { ...rule, projectId, datasetVersionId };
    const made = await mutate<{ leaderboard: { id: string } }>(
      client,
      'createLeaderboard',
      input,
      'leaderboard { id }',
    );
    ids.push(made.leaderboard.id);
  }
  for (const id of ids) await waitForRanks(client, id);
  return { first: ids[0]!, shared: await share(client, ids[0]!) };
}

async function share(client: SamplewiseClient, leaderboardId: string): Promise<string> {
  const { snapshot } = await mutate<{ snapshot: { id: string } }>(
    client,
    'createSnapshot',
    { leaderboardId, note: 'As of the generation.' },
    'snapshot { id }',
  );
  const input = { snapshotId: snapshot.id };
  return (await mutate<{ path: string }>(client, 'createLeaderboardLink', input, 'path')).path;
}

async function waitForRanks(client: SamplewiseClient, id: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_SECONDS * 1000;
  while (Date.now() < deadline) {
    const { node } = (await client.query(
      'query ($id: ID!) { node(id: $id) { ... on Leaderboard { result { computedAt } failure { message } } } }',
      { id },
    )) as { node: { result: object | null; failure: { message: string } | null } };
    if (node.failure) throw new Error(`${id} could not be ranked: ${node.failure.message}`);
    if (node.result) return;
    await sleep(200);
  }
  throw new Error(`${id} was not ranked within ${PATIENCE_SECONDS} s.`);
}
