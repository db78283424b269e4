import type { Database, Sample } from '@samplewise/database';
import { batched } from '../batched.ts';
import { ANSWER_COLUMNS, answerOf, type AnswerRow, type PredictionOfSample } from '../runs/read-predictions.ts';
import { restoredDigest } from '../runs/restored-image.ts';

interface Row extends AnswerRow {
  /** Of the sample among those that are asked for, from 1. */
  nth: bigint;
  run_id: bigint;
  restoration_config_id: bigint | null;
}

/** Of run ids, exclusive; `inverted` reads from the oldest run on. */
export interface RunPage {
  /** Only runs that are older. */
  after?: bigint | undefined;
  /** Only runs that are newer. */
  before?: bigint | undefined;
  limit: number;
  inverted: boolean;
}

interface Asked {
  sample: Sample;
  page: RunPage;
}

/**
 * What all runs say of a sample, those of the newest runs first. Runs are of the sample's own project, so that who may
 * read the one may read the others. They are walked in the order of their ids, whatever experiments they belong to.
 */
export const predictionsOfSample = batched<Asked, PredictionOfSample[]>(async ({ database }, asked) => {
  const found = new Map<Asked, PredictionOfSample[]>();
  // Lists beside each other come from one place of a query, with one page.
  for (const group of Map.groupBy(asked, ({ page }) => Object.values(page).join(' ')).values()) {
    const samples = group.map(({ sample }) => sample);
    const pages = await readPages(database, samples, group[0]!.page);
    group.forEach((one, i) => found.set(one, pages[i]!));
  }
  return asked.map((one) => found.get(one)!);
});

async function readPages(
  { pool, prisma }: Pick<Database, 'pool' | 'prisma'>,
  samples: readonly Sample[],
  { after, before, limit, inverted }: RunPage,
): Promise<PredictionOfSample[][]> {
  const { rows } = await pool.query<Row>(
    `SELECT s.nth, q.* FROM unnest($1::int8[], $2::int4[]) WITH ORDINALITY AS s (version_id, index, nth)
      CROSS JOIN LATERAL (
        SELECT p.run_id, r.restoration_config_id, ${ANSWER_COLUMNS}
          FROM run r
          JOIN prediction p ON p.run_id = r.id AND p.sample_index = s.index
          LEFT JOIN prediction_text t ON t.run_id = r.id AND t.sample_index = s.index
         WHERE r.project_id = (SELECT d.project_id FROM dataset_version v JOIN dataset d ON d.id = v.dataset_id
                                WHERE v.id = s.version_id)
           AND r.experiment_id IN (SELECT id FROM experiment WHERE dataset_version_id = s.version_id)
           AND r.deleted_at IS NULL
           AND ($3::bigint IS NULL OR r.id < $3) AND ($4::bigint IS NULL OR r.id > $4)
         ORDER BY r.id ${inverted ? 'ASC' : 'DESC'} LIMIT $5) AS q
      ORDER BY s.nth, q.run_id ${inverted ? 'ASC' : 'DESC'}`,
    [samples.map(({ versionId }) => versionId), samples.map(({ index }) => index), after, before, limit],
  );
  if (rows.length === 0) return samples.map(() => []);
  const versions = await prisma.datasetVersion.findMany({
    where: { id: { in: [...new Set(samples.map(({ versionId }) => versionId))] } },
    select: { id: true, labels: true },
  });
  const labels = new Map(versions.map((version) => [version.id, version.labels]));
  const restorations = await restorationsAmong(prisma, samples, rows);
  return samples.map((sample, i) =>
    rows
      .filter(({ nth }) => nth === BigInt(i + 1))
      .map((row): PredictionOfSample => {
        const restoration = restorations.get(nameOf(sample.digest, row.restoration_config_id));
        return {
          runId: row.run_id,
          sample,
          ...answerOf(row),
          restored: restoration?.restored ?? null,
          labels: labels.get(sample.versionId)!,
          steps: restoration?.steps ?? [],
          before: null,
          place: { key: 0, index: sample.index },
        };
      }),
  );
}

const nameOf = (digest: string, configId: bigint | null): string => `${digest} ${configId}`;

/** What the restorations of some runs made of the samples, by `nameOf`. Many runs share a few. */
async function restorationsAmong(prisma: Database['prisma'], samples: readonly Sample[], rows: readonly Row[]) {
  const ids = new Set(rows.flatMap(({ restoration_config_id: id }) => (id === null ? [] : [id])));
  const configs = await prisma.restorationConfig.findMany({ where: { id: { in: [...ids] } } });
  const digests = [...new Set(samples.map(({ digest }) => digest))];
  const entries = configs.flatMap(({ id, steps }) =>
    digests.map(async (digest) => {
      const restored = await restoredDigest(prisma, digest, steps);
      return [nameOf(digest, id), { steps, restored }] as const;
    }),
  );
  return new Map(await Promise.all(entries));
}
