import { inTransaction, Prisma, type Database } from '@samplewise/database';
import { InvalidInput, problem, type RunFilter, type RunOrder } from '@samplewise/domain';
import type pg from 'pg';

/** Whose runs are looked through. The numbers may be columns of a statement about several. */
export interface Scope<Id = bigint | Prisma.Sql> {
  kind: 'project' | 'experiment';
  id: Id;
  projectId: Id;
}

/** What is looked for, and in which order. */
export interface RunSearch {
  /** Canonical. */
  filter: RunFilter;
  /** Of the scopes. */
  projectIds: readonly bigint[];
  order: readonly RunOrder[];
  /** To which spans such as `-7d` refer. */
  now: Date;
}

/** Within which a search has to be answered: one that nobody has foreseen must not hold up the others. */
const TIMEOUT_MILLISECONDS = 5000;
const CANCELED = '57014';

/**
 * Reads in one transaction under the limit of time. Compiling and parallel workers cost more than they save here: what
 * is read is small.
 * @throws InvalidInput when it takes too long
 */
export async function searching<T>(
  { pool }: Pick<Database, 'pool'>,
  work: (read: <Row extends object>(statement: Prisma.Sql) => Promise<Row[]>) => Promise<T>,
): Promise<T> {
  try {
    return await inTransaction(pool, async (client) => {
      await client.query(
        `SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = ${TIMEOUT_MILLISECONDS}; SET LOCAL jit = off;
         SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL work_mem = '32MB'`,
      );
      return await work((statement) => read(client, statement));
    });
  } catch (error) {
    if ((error as { code?: unknown }).code !== CANCELED) throw error;
    throw new InvalidInput(
      problem('TOO_SLOW', `It was not found within ${TIMEOUT_MILLISECONDS / 1000} seconds.`, {
        place: 'filter',
        mend: 'Say more precisely which runs: by experiment, by a param that equals a value, by a tag.',
      }),
    );
  }
}

async function read<Row extends object>(client: pg.ClientBase, { text, values }: Prisma.Sql): Promise<Row[]> {
  return (await client.query<Row>(text, values)).rows;
}

/** Of `r`, the run: whose it is, and that it is neither in the bin nor, unless they are asked for, archived. */
export function inScope(scope: Scope, filter: RunFilter): Prisma.Sql {
  const of =
    scope.kind === 'project'
      ? Prisma.sql`r.project_id = ${scope.projectId}`
      : Prisma.sql`r.experiment_id = ${scope.id} AND r.project_id = ${scope.projectId}`;
  return Prisma.sql`${of} AND ${visible(filter)}`;
}

export const visible = (filter: RunFilter): Prisma.Sql =>
  asksForArchived(filter)
    ? Prisma.sql`r.deleted_at IS NULL`
    : Prisma.sql`r.deleted_at IS NULL AND r.archived_at IS NULL`;

const asksForArchived = ({ archived, and = [], or = [], not }: RunFilter): boolean =>
  archived !== undefined || [...and, ...or, ...(not ? [not] : [])].some(asksForArchived);
