import { auditOf, type Database, type Split } from '@samplewise/database';
import type { DuplicatePair, ReportedAudit } from '@samplewise/domain';

/** Pairs that a report shows with their pictures; of each kind so many at least, where there are as many. */
const SHOWN = 24;
const OF_EACH = 8;

interface LeakRow {
  tested: number;
  testedSplit: string;
  testedLabel: number;
  testedDigest: string;
  other: number;
  otherSplit: string;
  otherLabel: number;
  otherDigest: string;
  distance: number | null;
}

/**
 * Samples of a split that stand in an earlier split of the version too, as its audit has found them: each once, with its
 * nearest duplicate.
 * @returns null where all samples are tested, so that there is no other split, or where nobody has looked yet
 */
export async function auditSplits(
  { pool }: Pick<Database, 'pool'>,
  { id, labels }: { id: bigint; labels: readonly string[] },
  split: Split | null,
): Promise<ReportedAudit | null> {
  if (split === null || (await auditOf(pool, id)) === undefined) return null;
  const { rows } = await pool.query<LeakRow>(
    `SELECT * FROM (
       SELECT DISTINCT ON (l.index) l.distance,
              t.index AS tested, t.split AS "testedSplit", t.label AS "testedLabel", t.digest AS "testedDigest",
              o.index AS other, o.split AS "otherSplit", o.label AS "otherLabel", o.digest AS "otherDigest"
         FROM sample_leak l
         JOIN sample t ON t.version_id = l.version_id AND t.index = l.index
         JOIN sample o ON o.version_id = l.version_id AND o.index = l.duplicate_of
        WHERE l.version_id = $1 AND l.split = $2::"Split"
        ORDER BY l.index, l.distance NULLS FIRST, l.from_split) AS nearest
      ORDER BY distance NULLS FIRST, tested`,
    [id, split],
  );
  const pairs = rows.map((row): DuplicatePair => ({
    tested: { index: row.tested, split: row.testedSplit, label: labels[row.testedLabel]!, digest: row.testedDigest },
    other: { index: row.other, split: row.otherSplit, label: labels[row.otherLabel]!, digest: row.otherDigest },
    distance: row.distance,
  }));
  const exact = pairs.filter(({ distance }) => distance === null).length;
  return {
    exact,
    near: pairs.length - exact,
    conflicts: pairs.filter(({ tested, other }) => tested.label !== other.label).length,
    pairs: chosen(pairs),
  };
}

/** Some under two labels, some of the same bytes and some that look alike, in their order: one kind may be most of them. */
function chosen(pairs: readonly DuplicatePair[]): DuplicatePair[] {
  const conflicts = pairs.filter(({ tested, other }) => tested.label !== other.label);
  const exact = pairs.filter(({ distance }) => distance === null);
  const near = pairs.filter(({ distance }) => distance !== null);
  const first = [conflicts, exact, near].flatMap((kind) => kind.slice(0, OF_EACH));
  const shown = new Set([...new Set([...first, ...pairs])].slice(0, SHOWN));
  return pairs.filter((pair) => shown.has(pair));
}
