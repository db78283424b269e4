import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { Credentials } from './people.ts';
import { tokenOf, type Scene, type World } from './two-worlds.ts';

interface RouteAnswer {
  route: string;
  status: number;
  headers: Record<string, string | null>;
  digest: string;
}

/** Everything beside GraphQL that can be read. */
export async function allRoutes(
  scene: Scene,
  { url, database }: { url: string } & World,
  who: Credentials,
): Promise<RouteAnswer[]> {
  const digests = await database.pool.query<{ digest: string }>(`SELECT digest FROM blob ORDER BY digest LIMIT 40`);
  const uploads = await database.pool.query<{ digest: string }>(
    `SELECT digest FROM blob WHERE media_type = 'application/octet-stream' ORDER BY 1`,
  );
  const { rows: runs } = await database.pool.query<{ id: bigint }>('SELECT id FROM run ORDER BY id');
  const { rows: experiments } = await database.pool.query<{ id: bigint }>('SELECT id FROM experiment ORDER BY id');
  const { rows: boards } = await database.pool.query<{ id: bigint }>('SELECT id FROM leaderboard ORDER BY id');
  const tokens = [scene.boards.sealed, scene.boards.open].map(tokenOf);
  const routes = [
    ...runs.flatMap(({ id }) =>
      ['predictions.csv', 'predictions.ndjson', 'predictions.parquet', 'logs.txt', 'artifacts.tar'].map(
        (part) => `/runs/Run_${id}/${part}`,
      ),
    ),
    ...experiments.flatMap(({ id }) =>
      ['html', 'md', 'tex', 'json'].map((format) => `/experiments/Experiment_${id}/report.${format}`),
    ),
    ...boards.flatMap(({ id }) => [`/leaderboards/Leaderboard_${id}/samples.csv`, `/boards/Leaderboard_${id}.atom`]),
    ...[...digests.rows, ...uploads.rows].map(({ digest }) => `/blobs/${digest}`),
    ...tokens.flatMap((token) => [
      ...['json', 'csv', 'md', 'tex', 'bib', 'html', 'svg'].map((format) => `/s/${token}.${format}`),
      `/badges/${token}.svg`,
    ]),
    '/health',
  ];
  const answers: RouteAnswer[] = [];
  for (const route of routes) {
    const response = await fetch(`${url}${route}`, { headers: who });
    const body = Buffer.from(await response.arrayBuffer());
    const headers = Object.fromEntries(
      ['content-type', 'content-length', 'content-disposition', 'etag', 'last-modified'].map((name) => [
        name,
        response.headers.get(name),
      ]),
    );
    answers.push({ route, status: response.status, headers, digest: createHash('sha256').update(body).digest('hex') });
  }
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(2);
  return answers;
}
