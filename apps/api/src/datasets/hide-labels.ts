import {
  announce,
  forgetLabelFigures,
  labelsHidden,
  recallLabelFigures,
  type Database,
  type DatasetVersion,
  type HiddenLabels,
  type Prisma,
  type Split,
} from '@samplewise/database';
import { InvalidInput, Manifest, orderTells, problem, type ManifestRow } from '@samplewise/domain';
import { randomBytes } from 'node:crypto';
import QueryStream from 'pg-query-stream';
import { note } from '../auth/audit.ts';
import type { Actor } from '../auth/policy.ts';
import { databaseNow } from '../submissions/competition.ts';

type Needed = Pick<Database, 'prisma' | 'pool'>;
type Version = Prisma.DatasetVersionGetPayload<{
  include: { hiddenLabels: true; dataset: { include: { project: true } } };
}>;

const SALT_BYTES = 32;
/** Rows that the database gives at once. */
const BATCH = 10_000;
/** Of a version of millions of samples with thousands of runs. */
const TRANSACTION = { timeout: 120_000, maxWait: 10_000 };
const PLACE = 'input.datasetVersionId';

/**
 * Hides the labels of splits from all but those who decide on the project. What was made of them before is hidden too:
 * evaluations stay where they are, their figures among the metrics of runs go, copies of leaderboards are sealed.
 * To repeat is harmless.
 * @param acceptOrder hide them although the order of the samples tells them
 * @throws InvalidInput
 */
export async function hideLabels(
  database: Needed,
  actor: Actor,
  versionId: bigint,
  splits: readonly Split[],
  acceptOrder: boolean,
): Promise<void> {
  const before = await readVersion(database.prisma, versionId);
  const hiddenBefore = before.hiddenLabels.filter(isHidden);
  const fresh = splits.filter((split) => !hiddenBefore.some((hidden) => hidden.split === split));
  if (fresh.length === 0) return;
  const salts = new Map(hiddenBefore.map(({ split, salt }) => [split, salt]));
  for (const split of fresh) salts.set(split, randomBytes(SALT_BYTES).toString('hex'));
  // Samples never change, so that they are read before anything is locked.
  const { digest, sealed } = await readManifest(database, before, salts, fresh, acceptOrder);

  await database.prisma.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT 1 FROM dataset_version WHERE id = ${versionId} FOR UPDATE`;
    const version = await readVersion(transaction, versionId);
    const now = version.hiddenLabels.filter(isHidden);
    if (now.length !== hiddenBefore.length || now.some(({ split, salt }) => salts.get(split) !== salt)) throw changed();
    await refuseSharedBoards(transaction, versionId, fresh);
    for (const { split, salt, commitment } of sealed.filter((one) => fresh.includes(one.split))) {
      const data = { salt, commitment, hiddenAt: new Date(), shownAt: null };
      const where = { versionId_split: { versionId, split } };
      await transaction.hiddenLabels.upsert({ where, create: { versionId, split, ...data }, update: data });
    }
    await transaction.datasetVersion.update({ where: { id: versionId }, data: { digest } });
    await transaction.leaderboardSnapshot.updateMany({
      where: { leaderboard: aboutSplits(versionId, fresh) },
      data: { sealed: true },
    });
    await forgetLabelFigures(executeIn(transaction), versionId, fresh);
    await tell(transaction, actor, version, { action: 'labels.hide', splits: fresh });
  }, TRANSACTION);
}

/** Shows hidden labels to whoever may read the version, for good: nobody can make others forget them. @throws InvalidInput */
export async function showLabels(
  { prisma }: Pick<Database, 'prisma'>,
  actor: Actor,
  versionId: bigint,
  splits: readonly Split[],
): Promise<void> {
  await prisma.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT 1 FROM dataset_version WHERE id = ${versionId} FOR UPDATE`;
    const version = await readVersion(transaction, versionId);
    const shown = version.hiddenLabels.filter(isHidden).flatMap(({ split }) => (splits.includes(split) ? [split] : []));
    if (shown.length === 0) return;
    await refuseCompetitions(transaction, versionId, shown);
    await transaction.hiddenLabels.updateMany({
      where: { versionId, split: { in: shown } },
      data: { shownAt: new Date() },
    });
    await transaction.$executeRawUnsafe(
      `UPDATE leaderboard_snapshot s SET sealed = false FROM leaderboard b
        WHERE b.id = s.leaderboard_id AND b.dataset_version_id = $1 AND s.sealed
          AND NOT ${labelsHidden('b.dataset_version_id', 'b.split')}`,
      versionId,
    );
    await recallLabelFigures(executeIn(transaction), versionId, shown);
    await tell(transaction, actor, version, { action: 'labels.show', splits: shown });
  }, TRANSACTION);
}

const isHidden = ({ shownAt }: HiddenLabels): boolean => shownAt === null;

/** Boards on samples of some splits, but for those that hold nothing but what a competition has told. */
const aboutSplits = (versionId: bigint, splits: readonly Split[]): Prisma.LeaderboardWhereInput => ({
  datasetVersionId: versionId,
  competition: null,
  OR: [{ split: null }, { split: { in: [...splits] } }],
});

async function readVersion(prisma: Pick<Prisma.TransactionClient, 'datasetVersion'>, id: bigint): Promise<Version> {
  const include = { hiddenLabels: true, dataset: { include: { project: true } } } as const;
  const version = await prisma.datasetVersion.findUnique({ where: { id }, include });
  if (version) return version;
  throw refusal('NOT_FOUND', PLACE, 'There is no such dataset version.', `DatasetVersion_${id}`);
}

/** @throws InvalidInput when a split has no samples, or their order tells their labels */
async function readManifest(
  { pool }: Needed,
  { id, labels }: DatasetVersion,
  salts: ReadonlyMap<Split, string>,
  fresh: readonly Split[],
  acceptOrder: boolean,
) {
  const manifest = new Manifest(labels, salts);
  const orders = new Map(fresh.map((split) => [split, [] as number[]]));
  const client = await pool.connect();
  let complete = false;
  try {
    const text = 'SELECT index, split, label, digest FROM sample WHERE version_id = $1 ORDER BY index';
    for await (const row of client.query(
      new QueryStream(text, [id], { batchSize: BATCH }),
    ) as AsyncIterable<ManifestRow>) {
      manifest.add(row);
      orders.get(row.split)?.push(row.label);
    }
    complete = true;
  } finally {
    client.release(!complete);
  }
  for (const [split, order] of orders) {
    if (order.length === 0) throw refusal('INVALID_VALUE', 'input.splits', 'The version has no such samples.', split);
    if (!acceptOrder && orderTells(order)) throw telling(split);
  }
  return manifest.end();
}

/** What is read at a link by anybody can't be called back. */
async function refuseSharedBoards(
  transaction: Prisma.TransactionClient,
  versionId: bigint,
  splits: readonly Split[],
): Promise<void> {
  const link = await transaction.leaderboardLink.findFirst({
    where: {
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }],
      snapshot: { leaderboard: aboutSplits(versionId, splits) },
    },
    orderBy: { id: 'asc' },
  });
  if (!link) return;
  throw refusal(
    'CONFLICT',
    PLACE,
    'Figures that are made of these labels are shared by a link.',
    `LeaderboardLink_${link.id}`,
    'Revoke the links of the leaderboards of this split first.',
  );
}

/** What decides a competition is told when that is over. */
async function refuseCompetitions(
  transaction: Prisma.TransactionClient,
  versionId: bigint,
  splits: readonly Split[],
): Promise<void> {
  const now = await databaseNow(transaction);
  const competition = await transaction.competition.findFirst({
    where: {
      leaderboard: { datasetVersionId: versionId, split: { in: [...splits] } },
      revealedAt: null,
      NOT: { revealAtClose: true, closesAt: { lte: now } },
    },
    orderBy: { leaderboardId: 'asc' },
  });
  if (!competition) return;
  throw refusal(
    'CONFLICT',
    PLACE,
    'A competition rests on these labels and has not been revealed yet.',
    `Leaderboard_${competition.leaderboardId}`,
    'Reveal it first: revealCompetition.',
  );
}

async function tell(
  transaction: Prisma.TransactionClient,
  actor: Actor,
  { id, dataset }: Version,
  { action, splits }: { action: 'labels.hide' | 'labels.show'; splits: readonly Split[] },
): Promise<void> {
  const change: [string | null, string | null] = action === 'labels.hide' ? ['shown', 'hidden'] : ['hidden', 'shown'];
  await note(transaction, actor, {
    action,
    teamId: dataset.project.teamId,
    projectId: dataset.projectId,
    target: `DatasetVersion_${id}`,
    changes: Object.fromEntries(splits.map((split) => [split, change])),
  });
  const boards = await transaction.leaderboard.findMany({ where: aboutSplits(id, splits), select: { id: true } });
  for (const board of boards) {
    await announce(executeIn(transaction), { kind: 'leaderboard', leaderboardId: String(board.id) });
  }
}

const executeIn =
  (transaction: Prisma.TransactionClient) =>
  (sql: string, values: unknown[]): Promise<unknown> =>
    transaction.$queryRawUnsafe(sql, ...values);

const telling = (split: Split): InvalidInput =>
  refusal(
    'CONFLICT',
    'input.splits',
    'The order of the samples tells their labels: they come class by class, or by turns.',
    split,
    'Import the file anew with hiddenSplits, which puts them into an order that tells nothing; or set acceptOrder.',
  );

const changed = (): InvalidInput =>
  refusal('CONFLICT', PLACE, 'Somebody has hidden or shown labels of this version meanwhile.', undefined, 'Try again.');

const refusal = (
  code: 'INVALID_VALUE' | 'NOT_FOUND' | 'CONFLICT',
  place: string,
  message: string,
  value?: unknown,
  mend?: string,
): InvalidInput =>
  new InvalidInput(problem(code, message, { place, ...(value !== undefined && { value }), ...(mend && { mend }) }));
