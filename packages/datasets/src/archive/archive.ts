/** One file of an archive; folders are not shown. */
export interface ArchiveEntry {
  /** As the archive has it, not yet trusted. */
  path: string;
  kind: 'file' | 'link' | 'special';
  /**
   * The bytes, of which not more than `limit` are ever held. To be read before the next entry is asked for.
   * @returns undefined when there are more than `limit`
   */
  read(limit: number): Promise<Buffer | undefined>;
}

export interface Archive {
  /** The entries in the archive's order; may be walked again. */
  entries(): AsyncGenerator<ArchiveEntry>;
}

/** Collects a stream while it is within the limit; beyond it the stream is ended early. */
export async function collect(stream: AsyncIterable<Buffer>, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
