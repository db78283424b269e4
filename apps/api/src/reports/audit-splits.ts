import type { Database, Split } from '@samplewise/database';
import type { DuplicatePair, ReportedAudit } from '@samplewise/domain';

/** Pairs that a report shows with their pictures. */
const SHOWN = 24;

interface PairRow {
  tested: number;
  testedSplit: string;
  testedLabel: number;
  testedDigest: string;
  other: number;
  otherSplit: string;
  otherLabel: number;
  otherDigest: string;
}

/**
 * Samples of a split that stand in another split of the version too, byte for byte.
 * @returns null where all samples are tested, so that there is no other split
 */
export async function auditSplits(
  { pool }: Pick<Database, 'pool'>,
  { id, labels }: { id: bigint; labels: readonly string[] },
  split: Split | null,
): Promise<ReportedAudit | null> {
  if (split === null) return null;
  const { rows } = await pool.query<PairRow>(
    `SELECT DISTINCT ON (t.index)
            t.index AS tested, t.split AS "testedSplit", t.label AS "testedLabel", t.digest AS "testedDigest",
            o.index AS other, o.split AS "otherSplit", o.label AS "otherLabel", o.digest AS "otherDigest"
       FROM sample t JOIN sample o ON o.digest = t.digest AND o.version_id = t.version_id AND o.split <> t.split
      WHERE t.version_id = $1 AND t.split = $2::"Split"
      ORDER BY t.index, (o.label <> t.label) DESC, o.index`,
    [id, split],
  );
  const pairs = rows.map((row): DuplicatePair => ({
    tested: {
      index: row.tested,
      split: row.testedSplit,
      label: labels[row.testedLabel]!,
      digest: row.testedDigest,
    },
    other: { index: row.other, split: row.otherSplit, label: labels[row.otherLabel]!, digest: row.otherDigest },
    distance: null,
  }));
  return {
    exact: pairs.length,
    near: 0,
    conflicts: pairs.filter(({ tested, other }) => tested.label !== other.label).length,
    pairs: pairs.slice(0, SHOWN),
  };
}
