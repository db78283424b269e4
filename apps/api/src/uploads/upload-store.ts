import { digest as digestSchema, InvalidInput, parseInput, problem, UPLOAD_HOURS } from '@samplewise/domain';
import type { ResumableUpload } from '@samplewise/database';
import { DataStore, ERRORS, Upload } from '@tus/server';
import type { Readable } from 'node:stream';
import type { Services } from '../context.ts';

export type UploadServices = Pick<Services, 'database' | 'storage' | 'log'>;

/** Uploads that may be unfinished at once, of everybody. */
const UNFINISHED_LIMIT = 1000;

/**
 * Where @tus/server keeps uploads: what was announced in a table, the bytes in the storage's parts. Both are shared by
 * all API processes, so that an upload goes on at any of them. Two that write the same part at once do no harm: what
 * becomes a blob is a copy whose digest has been verified.
 */
export class UploadStore extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'termination', 'expiration'];
  readonly #database: Services['database'];
  readonly #storage: Services['storage'];

  constructor({ database, storage }: UploadServices) {
    super();
    this.#database = database;
    this.#storage = storage;
  }

  override getExpiration(): number {
    return UPLOAD_HOURS * 3600 * 1000;
  }

  /** @throws InvalidInput without a digest, or when too many are unfinished */
  override async create(upload: Upload): Promise<Upload> {
    const digest = parseInput(digestSchema, upload.metadata?.sha256 ?? '', 'Upload-Metadata sha256');
    const { resumableUpload } = this.#database.prisma;
    const unfinished = await resumableUpload.count({ where: { finished: false } });
    if (unfinished >= UNFINISHED_LIMIT) throw tooMany(unfinished);
    const size = upload.size ?? 0;
    await this.#storage.parts.create(upload.id);
    const row = await resumableUpload.create({ data: { id: upload.id, size: BigInt(size), digest } });
    if (size === 0) await this.#finish(row);
    upload.creation_date = row.createdAt.toISOString();
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const row = await this.#find(id);
    const { size, digest, createdAt } = row;
    let offset = row.finished ? Number(size) : ((await this.#storage.parts.size(id)) ?? 0);
    // The process may have died between the last byte and this.
    if (!row.finished && offset === Number(size)) await this.#finish(row);
    offset = Math.min(offset, Number(size));
    return new Upload({
      id,
      size: Number(size),
      offset,
      metadata: { sha256: digest },
      creation_date: createdAt.toISOString(),
    });
  }

  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    const row = await this.#find(id);
    if (row.finished) return Number(row.size);
    const written = await this.#storage.parts.append(id, offset, stream);
    if (written === Number(row.size)) await this.#finish(row);
    return written;
  }

  override async remove(id: string): Promise<void> {
    await this.#find(id);
    await this.#forget(id);
  }

  async #find(id: string): Promise<ResumableUpload> {
    const row = /^[0-9a-f]{32}$/.test(id)
      ? await this.#database.prisma.resumableUpload.findUnique({ where: { id } })
      : null;
    if (row) return row;
    throw Object.assign(new Error('There is no such upload.'), ERRORS.FILE_NOT_FOUND);
  }

  /** The bytes become a blob. @throws InvalidInput when they are not those that were declared; then they are gone */
  async #finish({ id, digest, size }: ResumableUpload): Promise<void> {
    const { prisma } = this.#database;
    try {
      await this.#storage.writeStream(this.#storage.parts.read(id), Number(size), digest);
    } catch (error) {
      if (error instanceof InvalidInput) await this.#forget(id);
      throw error;
    }
    await prisma.blob.createMany({
      data: [{ digest, size, mediaType: 'application/octet-stream' }],
      skipDuplicates: true,
    });
    await prisma.resumableUpload.updateMany({ where: { id }, data: { finished: true } });
    await this.#storage.parts.remove(id);
  }

  async #forget(id: string): Promise<void> {
    await this.#database.prisma.resumableUpload.deleteMany({ where: { id } });
    await this.#storage.parts.remove(id);
  }
}

const tooMany = (unfinished: number): InvalidInput =>
  new InvalidInput(
    problem('CONFLICT', `${unfinished} uploads are unfinished.`, {
      place: 'upload',
      mend: 'Go on with them, end them by DELETE, or wait until they are a day old.',
    }),
  );
