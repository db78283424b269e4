import type { Database } from '@samplewise/database';

export interface BenchProject {
  projectId: bigint;
  versionId: bigint;
  /** Makes an experiment. @returns its id, such as Experiment_1 */
  experiment: (name: string, datasetVersionId: bigint | null) => Promise<string>;
}

/** A project with a dataset version of so many samples; sample i is of class i modulo the number of classes. */
export async function benchProject(
  { prisma, pool }: Database,
  samples: number,
  classes: number,
): Promise<BenchProject> {
  const local = { slug: 'local', name: 'Local' };
  const team = await prisma.team.upsert({ where: { slug: local.slug }, update: {}, create: local });
  const project = await prisma.project.create({ data: { teamId: team.id, slug: 'bench', name: 'Bench' } });
  const dataset = await prisma.dataset.create({ data: { projectId: project.id, slug: 'faces', name: 'Faces' } });
  const labels = Array.from({ length: classes }, (_, c) => `class ${c}`);
  const digest = '0'.repeat(64);
  const version = await prisma.datasetVersion.create({
    data: { datasetId: dataset.id, number: 1, name: 'one', digest, labels, sampleCount: samples },
  });
  await prisma.blob.create({ data: { digest, size: 1n, mediaType: 'image/png' } });
  await pool.query(
    `INSERT INTO sample (version_id, index, split, label, digest, source)
     SELECT $1, i, 'TEST', i % $3::int, $4, '' FROM generate_series(0, $2::int - 1) AS i`,
    [version.id, samples, classes, digest],
  );
  return {
    projectId: project.id,
    versionId: version.id,
    experiment: async (name, datasetVersionId) => {
      const { id } = await prisma.experiment.create({ data: { projectId: project.id, name, datasetVersionId } });
      return `Experiment_${id}`;
    },
  };
}
