import { digestOfJson, parseInput, restorationSteps } from '@samplewise/domain';
import type { Database } from '@samplewise/database';

/** Of each, a metric `restoration/<figure>_change` is logged. */
const FIGURES = ['brightness', 'contrast', 'sharpness', 'noise'] as const;

interface Restoration {
  versionId: bigint;
  split: string | null;
  /** The restoration config's JSON. */
  steps: unknown;
}

/**
 * What restoration did to a run's samples: the mean change of each figure, summed over the steps, and the share of samples
 * in which faces were found, where a step looks for them. Empty without restoration.
 */
export async function restorationSummary(
  { pool }: Pick<Database, 'pool'>,
  { versionId, split, steps }: Restoration,
): Promise<Record<string, number>> {
  const digests = parseInput(restorationSteps, steps, 'restoration').map((step) => digestOfJson(step));
  if (digests.length === 0) return {};
  const each = (term: (table: string) => string): string => digests.map((_, i) => term(`r${i}`)).join(' + ');
  const changes = FIGURES.map((figure) => `avg(${each((r) => `${r}.${figure} - ${r}.${figure}_before`)}) AS ${figure}`);
  // NULL in all steps: none looks for faces.
  const faces = `CASE WHEN coalesce(${digests.map((_, i) => `r${i}.faces`).join(', ')}) IS NULL THEN NULL
    WHEN ${each((r) => `coalesce(${r}.faces, 0)`)} > 0 THEN 1.0 ELSE 0.0 END`;
  const joins = digests.map((_, i) => {
    const input = i === 0 ? 's.digest' : `r${i - 1}.output_digest`;
    return `JOIN restored_image r${i} ON r${i}.input_digest = ${input} AND r${i}.step_digest = $${i + 3}`;
  });
  const { rows } = await pool.query<Record<(typeof FIGURES)[number] | 'faces', number | null>>(
    `SELECT ${changes.join(', ')}, avg(${faces})::float8 AS faces FROM sample s ${joins.join(' ')}
      WHERE s.version_id = $1 AND ($2::"Split" IS NULL OR s.split = $2::"Split")`,
    [versionId, split, ...digests],
  );
  const { faces: withFaces, ...change } = rows[0]!;
  const metrics: [string, number | null][] = FIGURES.map((figure) => [`restoration/${figure}_change`, change[figure]]);
  metrics.push(['restoration/samples_with_faces', withFaces]);
  return Object.fromEntries(metrics.filter((entry): entry is [string, number] => entry[1] !== null));
}
