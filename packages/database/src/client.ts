import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient, type Prisma } from './generated/prisma/client.ts';

/** Bigints come as bigint, not as string: run and sample ids are compared and counted everywhere. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, BigInt);

/** A Prisma client for rows and a pool for what Prisma can't do (COPY, LISTEN, window queries). */
export interface Database {
  readonly url: string;
  readonly prisma: PrismaClient;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** Either the client itself or a transaction of it. */
export type PrismaScope = PrismaClient | Prisma.TransactionClient;

/**
 * Opens both. Connections are made when they are first needed.
 * @param connections most connections of each of the two pools
 */
export function openDatabase(url: string, { connections = 8 } = {}): Database {
  const pool = new pg.Pool({ connectionString: url, max: connections, types });
  // An idle connection that the server ends (a restart) is replaced at its next use; without a listener Node would exit.
  pool.on('error', () => undefined);
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: connections }) });
  return {
    url,
    prisma,
    pool,
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

/** Runs `work` in a transaction of one pooled connection; rolls back when it throws. */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  // Between two statements nobody waits for the connection: its end would be nobody's error, and end the process.
  const lost = (): void => {
    broken = true;
  };
  client.on('error', lost);
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true; // The connection itself is gone: the server has rolled back.
    });
    throw error;
  } finally {
    client.off('error', lost);
    client.release(broken);
  }
}
