import type { Database } from '@samplewise/database';
import { InvalidInput, problem, type PublishedFigures } from '@samplewise/domain';
import type { Evaluation } from '@samplewise/evaluation';

/** Most runs of one report: as many as a person reads, and as can be tested in a second or two. */
export const REPORT_RUNS = 100;
/** Rows that are looked at to find them. */
const LOOKED_AT = 2000;

const config = { select: { id: true, name: true, version: true, digest: true } } as const;

/** An experiment with what a report says of it. @returns undefined when there is none */
export async function readExperiment({ prisma }: Pick<Database, 'prisma'>, id: bigint) {
  const found = await prisma.experiment.findUnique({
    where: { id },
    include: {
      project: { select: { slug: true, name: true, team: { select: { slug: true } } } },
      datasetVersion: { include: { dataset: { select: { name: true } } } },
    },
  });
  return found ?? undefined;
}
export type ReportedExperiment = NonNullable<Awaited<ReturnType<typeof readExperiment>>>;

async function readRows({ prisma }: Pick<Database, 'prisma'>, experimentId: bigint) {
  return prisma.run.findMany({
    where: { experimentId, deletedAt: null, archivedAt: null },
    orderBy: { id: 'desc' },
    take: LOOKED_AT,
    select: {
      id: true,
      name: true,
      status: true,
      seed: true,
      finishedAt: true,
      failure: true,
      published: true,
      modelConfigId: true,
      restorationConfigId: true,
      modelConfig: config,
      restorationConfig: { select: { ...config.select, steps: true } },
      phaseCosts: true,
      evaluation: { select: { predictionsDigest: true, codeVersion: true } },
    },
  });
}
type Row = Awaited<ReturnType<typeof readRows>>[number];

/** A run that has been evaluated. */
export interface EvaluatedRun extends Omit<Row, 'evaluation'> {
  predictionsDigest: string;
  evaluationVersion: string;
  evaluation: Evaluation;
}

export interface RunsOfReport {
  evaluated: EvaluatedRun[];
  published: { id: bigint; name: string; published: PublishedFigures }[];
  unfinished: Row[];
}

/**
 * The runs that a report is about: of those with the same model, restoration and seed the newest one that has finished;
 * and those that have not, where none of them has.
 * @throws InvalidInput when they are too many
 */
export async function readRuns(database: Pick<Database, 'prisma'>, experimentId: bigint): Promise<RunsOfReport> {
  const rows = await readRows(database, experimentId);
  const combination = (row: Row): string =>
    row.modelConfigId === null
      ? String(row.id)
      : `${row.modelConfigId} ${row.restorationConfigId ?? ''} ${row.seed}`.trim();
  const finished = new Map<string, Row>();
  for (const row of rows) {
    const key = combination(row);
    if (row.status === 'FINISHED' && row.evaluation && !finished.has(key)) finished.set(key, row);
  }
  if (finished.size > REPORT_RUNS) {
    throw new InvalidInput(
      problem('TOO_LARGE', `The experiment has ${finished.size} runs to report.`, {
        place: 'experiment',
        value: `Experiment_${experimentId}`,
        mend: `A report has at most ${REPORT_RUNS}. Archive those that it need not show.`,
      }),
    );
  }
  const chosen = [...finished.values()];
  const results = await database.prisma.evaluation.findMany({
    where: { runId: { in: chosen.map(({ id }) => id) } },
    select: { runId: true, result: true, predictionsDigest: true, codeVersion: true },
  });
  const resultOf = new Map(results.map((result) => [result.runId, result]));
  const unfinished = new Map<string, Row>();
  for (const row of rows) {
    const key = combination(row);
    if (row.status !== 'FINISHED' && !finished.has(key) && !unfinished.has(key)) unfinished.set(key, row);
  }
  return {
    // A run that was opened again meanwhile has no evaluation for now.
    evaluated: chosen.flatMap((row) => {
      const result = resultOf.get(row.id);
      if (!result) return [];
      const { predictionsDigest, codeVersion: evaluationVersion } = result;
      return [{ ...row, predictionsDigest, evaluationVersion, evaluation: result.result as unknown as Evaluation }];
    }),
    published: rows.flatMap(({ id, name, published, status }) =>
      published === null || status !== 'FINISHED'
        ? []
        : [{ id, name, published: published as unknown as PublishedFigures }],
    ),
    unfinished: [...unfinished.values()],
  };
}
