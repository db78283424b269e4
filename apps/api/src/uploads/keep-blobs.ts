interface KeptBlob {
  digest: string;
  size: bigint;
}

/**
 * Keeps blobs from being collected until the caller's transaction, which is about to refer to them, has ended. In the
 * order of their digests, so that two who keep the same ones do not wait for each other.
 * @param query of a transaction, Prisma's or that of a connection
 * @returns those that are there
 */
export async function keepBlobs(
  query: (sql: string, values: unknown[]) => Promise<KeptBlob[]>,
  digests: readonly string[],
): Promise<Map<string, bigint>> {
  const rows = await query('SELECT digest, size FROM blob WHERE digest = ANY($1) ORDER BY digest FOR KEY SHARE', [
    [...new Set(digests)],
  ]);
  return new Map(rows.map(({ digest, size }) => [digest, size]));
}
