/** There is no room for more bytes. What was there stays whole. */
export class StorageFull extends Error {
  override readonly name = 'StorageFull';

  constructor(cause: unknown) {
    super('The storage is full.', { cause });
  }
}

/** What the file system says of a full disk and of a used-up quota. */
const FULL: unknown[] = ['ENOSPC', 'EDQUOT'];

/** The error to throw for one of the file system. */
export function asStorageError(error: unknown): unknown {
  return FULL.includes((error as NodeJS.ErrnoException).code) ? new StorageFull(error) : error;
}
