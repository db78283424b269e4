import { artifactPath, parseInput } from '@samplewise/domain';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { allNodes, connectionOf } from './connection.ts';
import { NotFound } from './errors.ts';
import { operation } from './operation.ts';
import { listFiles } from './pack-folder.ts';
import { PROBLEM_FIELDS } from './problem-schema.ts';
import { uploadInParts } from './resumable-upload.ts';
import type { Transport } from './transport.ts';
import { upload, type UploadProgress } from './upload.ts';

const artifact = z.object({ id: z.string(), path: z.string(), version: z.number(), size: z.string() });
export type Artifact = z.infer<typeof artifact>;

interface LogArtifactsInput {
  runId: string;
  batchId: string;
  artifacts: { path: string; digest: string }[];
}

export const LOG_ARTIFACTS = operation<{ input: LogArtifactsInput }>()(
  `mutation LogArtifacts($input: LogArtifactsInput!) {
    result: logArtifacts(input: $input) {
      __typename
      ... on InvalidInputError { problems { ${PROBLEM_FIELDS} } }
      ... on LogArtifactsPayload { artifacts { id path version size } }
    }
  }`,
  z.object({ artifacts: z.array(artifact) }),
);

const file = z.object({
  path: z.string(),
  size: z.string(),
  artifact: z.object({ version: z.number(), url: z.string(), blob: z.object({ digest: z.string() }) }),
});
export type ArtifactFile = z.infer<typeof file>;

export const LIST_ARTIFACTS = operation<{ id: string; prefix: string; after: string | null }>()(
  `query ListArtifacts($id: ID!, $prefix: String, $after: String) {
    node(id: $id) {
      ... on Run {
        artifacts(prefix: $prefix, recursive: true, first: 200, after: $after) {
          pageInfo { hasNextPage endCursor }
          edges { node { path size artifact { version url blob { digest } } } }
        }
      }
    }
  }`,
  z.object({ node: z.object({ artifacts: connectionOf(file) }).nullable() }),
);

const found = z.object({ path: z.string(), size: z.string() }).extend(file.shape.artifact.shape);

export const FIND_ARTIFACT = operation<{ id: string; path: string }>()(
  `query FindArtifact($id: ID!, $path: String!) {
    node(id: $id) { ... on Run { artifact(path: $path) { path size version url blob { digest } } } }
  }`,
  z.object({ node: z.object({ artifact: found.nullable() }).nullable() }),
);

/** Larger files go up in parts, so that a lost connection costs little. */
const AT_ONCE_BYTES = 8 * 1024 * 1024;
const BATCH = 1000;

export interface UploadArtifactsOptions {
  /** Folder of the run to put them into; at the top unless given. */
  to?: string;
  /** Told for all files together. */
  onProgress?: UploadProgress;
}

/**
 * Uploads a file, or all files of a folder but hidden ones, and logs them to a run. Bytes that the API has already
 * are not sent again.
 */
export async function uploadArtifacts(
  transport: Transport,
  runId: string,
  source: string,
  { to = '', onProgress }: UploadArtifactsOptions = {},
): Promise<Artifact[]> {
  const isFolder = (await stat(source)).isDirectory();
  const files = isFolder
    ? await listFiles(source)
    : [{ name: path.basename(source), path: source, size: (await stat(source)).size }];
  const total = files.reduce((sum, { size }) => sum + size, 0);
  // Looked at before anything is sent.
  const paths = files.map(({ name }) => parseInput(artifactPath, path.posix.join(to, name), name));
  const artifacts: { path: string; digest: string }[] = [];
  let done = 0;
  for (const [i, { path: from, size }] of files.entries()) {
    const digest = await sendFile(transport, from, size, (sent) => onProgress?.(done + sent, total));
    artifacts.push({ path: paths[i]!, digest });
    done += size;
    onProgress?.(done, total);
  }
  const logged: Artifact[] = [];
  for (let at = 0; at < artifacts.length; at += BATCH) {
    const input = { runId, batchId: randomUUID(), artifacts: artifacts.slice(at, at + BATCH) };
    logged.push(...(await transport.mutate(LOG_ARTIFACTS, input)).artifacts);
  }
  return logged;
}

/** @returns the digest, when the API has the bytes */
async function sendFile(
  transport: Transport,
  from: string,
  size: number,
  onProgress: (sent: number) => void,
): Promise<string> {
  if (size < AT_ONCE_BYTES) return (await upload(transport, from, onProgress)).digest;
  const digest = await digestOfFile(from);
  if (await transport.exists(`/blobs/${digest}`)) return digest;
  await uploadInParts(transport, createReadStream(from), { size, digest, onProgress });
  return digest;
}

async function digestOfFile(from: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(from), hash);
  return hash.digest('hex');
}

/** All files of a run below a folder. @throws NotFound */
export function listArtifacts(transport: Transport, id: string, prefix = ''): Promise<ArtifactFile[]> {
  return allNodes(async (after) => {
    const { node } = await transport.run(LIST_ARTIFACTS, { id, prefix, after });
    if (!node) throw new NotFound(`There is no run ${id}.`);
    return node.artifacts;
  });
}

/**
 * Downloads a file or a folder of a run. Each file is seen whole or not at all; its bytes are verified.
 * @param wanted empty: all files
 * @param target a folder, made if it is not there
 * @returns paths of the files
 * @throws NotFound
 */
export async function downloadArtifacts(
  transport: Transport,
  id: string,
  wanted: string,
  target: string,
): Promise<string[]> {
  const at = wanted.replace(/\/$/, '');
  const below = await listArtifacts(transport, id, at);
  const files = below.length > 0 ? below : [await findFile(transport, id, at)];
  const folder = below.length > 0 ? at : path.posix.dirname(at).replace(/^\.$/, '');
  const written: string[] = [];
  for (const one of files) {
    // The API may not be what it seems to be: a path that leads elsewhere is refused here too.
    const inside = parseInput(artifactPath, folder === '' ? one.path : one.path.slice(folder.length + 1), one.path);
    const to = path.join(target, inside);
    await fetchFile(await transport.download(one.artifact.url), to, one.artifact.blob.digest);
    written.push(to);
  }
  return written;
}

async function findFile(transport: Transport, id: string, at: string): Promise<ArtifactFile> {
  const { node } = at === '' ? { node: null } : await transport.run(FIND_ARTIFACT, { id, path: at });
  if (node?.artifact) return { ...node.artifact, artifact: node.artifact };
  throw new NotFound(`The run has no file or folder '${at}'.`);
}

async function fetchFile(bytes: Readable, to: string, digest: string): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true });
  const partial = `${to}.${randomUUID().slice(0, 8)}.part`;
  try {
    await pipeline(bytes, createWriteStream(partial));
    if ((await digestOfFile(partial)) !== digest) throw new Error(`${to} did not come whole. Try again.`);
    await rename(partial, to);
  } finally {
    await rm(partial, { force: true });
  }
}
