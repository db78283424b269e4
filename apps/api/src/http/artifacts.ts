import { artifactPath, InvalidInput } from '@samplewise/domain';
import { Router, type Request, type Response } from 'express';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pack, type Pack } from 'tar-stream';
import { filesBelow, folderOf } from '../artifacts/list-artifacts.ts';
import type { Services } from '../context.ts';
import { refuse } from './packed-body.ts';
import { readableRun } from './run-route.ts';
import { isShown, sendBlob } from './send-blob.ts';

type Needed = Pick<Services, 'database' | 'storage'>;

/**
 * GET /runs/Run_1/artifacts/checkpoints/model.onnx: a file of a run, with ranges; its latest version, or `?version=2`.
 * Pictures and plain texts may be shown unless `?download=true`; all else is a download.
 * GET /runs/Run_1/artifacts.tar?prefix=checkpoints: a folder as an archive, packed while it is sent.
 */
export function artifactRoutes(services: Needed): Router {
  const router = Router();
  router.get('/runs/:id/artifacts/*path', async (request, response) => {
    const run = await readableRun(services, request, response);
    if (run) await sendArtifact(services, run.id, request, response);
  });
  router.get('/runs/:id/artifacts.tar', async (request, response) => {
    const run = await readableRun(services, request, response);
    if (run) await sendArchive(services, run.id, request, response);
  });
  return router;
}

async function sendArtifact(
  { database, storage }: Needed,
  runId: bigint,
  request: Request<{ path: string[] }>,
  response: Response,
): Promise<void> {
  const { version, download } = request.query;
  if (version !== undefined && (typeof version !== 'string' || !/^[1-9]\d{0,8}$/.test(version))) {
    refuse(response, 400, 'version must be a number from 1 on.');
    return;
  }
  const wanted = artifactPath.safeParse(request.params.path.join('/'));
  const which = version === undefined ? { latest: true } : { version: Number(version), deletedAt: null };
  const artifact = wanted.success
    ? await database.prisma.artifact.findFirst({ where: { runId, path: wanted.data, ...which } })
    : null;
  const blob = artifact && {
    digest: artifact.digest,
    fileName: path.posix.basename(artifact.path),
    mediaType: artifact.mediaType,
    inline: isShown(artifact.mediaType) && download !== 'true',
    immutable: false,
  };
  if (blob && (await sendBlob(storage, request, response, blob))) return;
  refuse(response, 404, `There is no file '${request.params.path.join('/').slice(0, 200)}'.`);
}

async function sendArchive(
  { database, storage }: Needed,
  runId: bigint,
  request: Request,
  response: Response,
): Promise<void> {
  const { prefix } = request.query;
  let folder: string;
  try {
    folder = folderOf(typeof prefix === 'string' ? prefix : undefined, 'prefix');
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    refuse(response, 400, error.message, error.problems);
    return;
  }
  response.attachment(`Run_${runId}${folder === '' ? '' : `-${path.posix.basename(folder)}`}.tar`);
  response.set({
    'content-type': 'application/x-tar',
    'cache-control': 'private, no-cache',
    'x-content-type-options': 'nosniff',
  });
  const archive = pack();
  const below = folder === '' ? 0 : folder.length + 1;
  fill(archive, storage, filesBelow(database, runId, folder), below).catch((error: unknown) => {
    archive.destroy(error as Error); // The answer is cut off, so that nobody takes it for whole.
  });
  await pipeline(archive as unknown as NodeJS.ReadableStream, response).catch((error: unknown) => {
    if (!response.destroyed) throw error; // A reader that goes away is nobody's fault.
  });
}

async function fill(
  archive: Pack,
  storage: Services['storage'],
  files: ReturnType<typeof filesBelow>,
  below: number,
): Promise<void> {
  for await (const file of files) {
    const header = { name: file.path.slice(below), size: Number(file.size), mtime: file.created_at, mode: 0o644 };
    const entry = archive.entry(header) as unknown as NodeJS.WritableStream;
    if (file.size === 0n) entry.end();
    else await pipeline(storage.readStream(file.digest), entry);
  }
  archive.finalize();
}
