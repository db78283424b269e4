import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { migrate, openDatabase, startEmbeddedPostgres, type Database } from '@samplewise/database';
import type { DatasetFormat } from '@samplewise/domain';
import { openStorage, type Storage } from '@samplewise/storage';

export interface Platform {
  database: Database;
  storage: Storage;
  /** Where the storage is, for other processes. */
  storageFolder: string;
  /** A new project, so that tests don't meet. */
  project(): Promise<bigint>;
  /** Stores bytes or a file as an upload and queues its import. */
  upload(projectId: bigint, source: Uint8Array | string, options: UploadOptions): Promise<bigint>;
  stop(): Promise<void>;
}

interface UploadOptions {
  format: DatasetFormat;
  fileName: string;
  dataset?: string;
  version?: string;
}

const TEAM = { slug: 'test', name: 'Test' };

/** A real Postgres and a real storage in a folder of their own, gone after `stop`. */
export async function startPlatform(): Promise<Platform> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-datasets-'));
  await chmod(folder, 0o755); // Postgres runs as another user when the test runs as root.
  const postgres = await startEmbeddedPostgres(path.join(folder, 'postgres'));
  await migrate(postgres.url);
  const database = openDatabase(postgres.url);
  const storageFolder = path.join(folder, 'blobs');
  const storage = await openStorage(storageFolder);
  const team = await database.prisma.team.create({ data: TEAM });
  let projects = 0;
  return {
    database,
    storage,
    storageFolder,
    async project() {
      const name = `project-${++projects}`;
      const { id } = await database.prisma.project.create({ data: { teamId: team.id, slug: name, name } });
      return id;
    },
    async upload(projectId, source, { format, fileName, dataset = 'Faces', version = 'v1' }) {
      const stream = typeof source === 'string' ? createReadStream(source) : Readable.from([source]);
      const { digest, size } = await storage.writeStream(stream, Number.MAX_SAFE_INTEGER);
      const blob = { digest, size, mediaType: 'application/octet-stream' };
      await database.prisma.blob.upsert({ where: { digest }, create: blob, update: {} });
      const data = { projectId, datasetName: dataset, versionName: version, format, fileName, uploadDigest: digest };
      const { id } = await database.prisma.datasetImport.create({ data });
      return id;
    },
    async stop() {
      await database.close();
      await postgres.stop();
      await rm(postgres.dataFolder, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
