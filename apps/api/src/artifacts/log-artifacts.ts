import { artifactBatch, InvalidInput, parseInput, problem, runKey, type NewArtifact } from '@samplewise/domain';
import { inTransaction } from '@samplewise/database';
import mime from 'mime';
import type pg from 'pg';
import type { Services } from '../context.ts';
import { claimBatch, digestOfColumns } from '../runs/ingest.ts';
import { lockRun } from '../runs/lock-run.ts';
import { keepBlobs } from '../uploads/keep-blobs.ts';
import { checkCount, checkPaths } from './check-paths.ts';

type Needed = Pick<Services, 'database' | 'storage'>;

interface LoggedArtifacts {
  runId: bigint;
  paths: string[];
  /** This batch was there already. */
  repeated: boolean;
}

/**
 * Makes uploaded blobs files of a run, all or none, whoever makes the run and whether or not it has ended. A path that
 * is there already gets a new version; the same batch sent again changes nothing.
 * @throws InvalidInput
 */
export async function logArtifacts(
  { database, storage }: Needed,
  runId: bigint,
  batchId: string,
  input: unknown,
): Promise<LoggedArtifacts> {
  parseInput(runKey, batchId, 'input.batchId');
  const artifacts = parseInput(artifactBatch, input, 'input.artifacts');
  const paths = artifacts.map(({ path }) => path);
  const digest = digestOfColumns([JSON.stringify(artifacts)]);
  return inTransaction(database.pool, async (client) => {
    await lockRun(client, runId);
    if (!(await claimBatch(client, runId, batchId, artifacts.length, digest))) return { runId, paths, repeated: true };
    const sizes = await uploadsOf(client, storage, artifacts);
    await checkPaths(client, runId, paths, (i) => `input.artifacts.${i}.path`);
    await insert(client, runId, artifacts, sizes);
    await checkCount(client, runId);
    return { runId, paths, repeated: false };
  });
}

/** @throws InvalidInput naming the files whose bytes are not there */
async function uploadsOf(
  client: pg.ClientBase,
  storage: Services['storage'],
  artifacts: readonly NewArtifact[],
): Promise<Map<string, bigint>> {
  const sizes = await keepBlobs(
    async (sql, values) => (await client.query<{ digest: string; size: bigint }>(sql, values)).rows,
    artifacts.map(({ digest }) => digest),
  );
  for (const digest of [...sizes.keys()]) if ((await storage.size(digest)) === undefined) sizes.delete(digest);
  const [first, ...more] = artifacts.flatMap(({ digest }, i) =>
    sizes.has(digest)
      ? []
      : [
          problem('NOT_FOUND', 'No upload has this digest.', {
            place: `input.artifacts.${i}.digest`,
            value: digest,
            mend: 'Send the file to POST /uploads first, or in parts to /uploads/resumable.',
          }),
        ],
  );
  if (first) throw new InvalidInput(first, ...more);
  return sizes;
}

async function insert(
  client: pg.ClientBase,
  runId: bigint,
  artifacts: readonly NewArtifact[],
  sizes: ReadonlyMap<string, bigint>,
): Promise<void> {
  const column = <T>(of: (artifact: NewArtifact) => T): T[] => artifacts.map(of);
  const paths = column(({ path }) => path);
  await client.query('UPDATE artifact SET latest = false WHERE run_id = $1 AND latest AND path = ANY($2::text[])', [
    runId,
    paths,
  ]);
  await client.query(
    `INSERT INTO artifact (run_id, path, version, digest, size, media_type, name, type, metadata)
     SELECT $1, n.path, 1 + coalesce((SELECT max(version) FROM artifact a WHERE a.run_id = $1 AND a.path = n.path), 0),
            n.digest, n.size, n.media_type, n.name, n.type, n.metadata::jsonb
       FROM unnest($2::text[], $3::text[], $4::int8[], $5::text[], $6::text[], $7::text[], $8::text[])
         AS n(path, digest, size, media_type, name, type, metadata)`,
    [
      runId,
      paths,
      column(({ digest }) => digest),
      column(({ digest }) => sizes.get(digest)!),
      column(({ path, mediaType }) => mediaType ?? mime.getType(path) ?? 'application/octet-stream'),
      column(({ name }) => name ?? null),
      column(({ type }) => type ?? null),
      column(({ metadata }) => (metadata ? JSON.stringify(metadata) : null)),
    ],
  );
}
