import { IMPORT_LIMITS, labels as labelsSchema, parseInput } from '@samplewise/domain';
import type { Archive } from '../archive/archive.ts';
import { naturalOrder } from '../archive/natural-order.ts';
import { openArchive } from '../archive/open-archive.ts';
import { surveyArchive, type Survey } from '../archive/survey.ts';
import { imageBytesExceeded, verifyImage } from '../images/verify.ts';
import type { ProblemList } from '../problem-list.ts';
import type { Source, SourceSample } from '../source.ts';
import type { Plan, PlannedSample } from './plan.ts';
import { planFolder } from './plan-folder.ts';
import { planManifest } from './plan-manifest.ts';

/**
 * An archive of image files. It is walked twice: once for the list of files, from which labels and order follow, and
 * once for the images, of which only those at work are in memory.
 */
export async function openImageArchive(
  format: 'image-folder' | 'image-manifest',
  file: string,
  fileName: string,
  problems: ProblemList,
): Promise<Source> {
  const archive = await openArchive(file, fileName);
  const survey = await surveyArchive(archive, fileName, problems, { withTables: format === 'image-manifest' });
  const samples =
    format === 'image-folder'
      ? planFolder([...survey.files.keys()], fileName, problems)
      : await planManifest(survey, fileName, problems);
  const plan = { labels: labelsOf(samples, problems), samples };
  return { labels: plan.labels, total: samples.length, samples: () => readSamples(archive, survey, plan) };
}

async function* readSamples(archive: Archive, survey: Survey, plan: Plan): AsyncGenerator<SourceSample> {
  const labels = new Map(plan.labels.map((label, i) => [label, i]));
  const indices = new Map(plan.samples.map(({ path }, i) => [survey.files.get(path)!, i]));
  for await (const entry of archive.entries()) {
    const index = indices.get(entry.path);
    if (index === undefined || entry.kind !== 'file') continue;
    const { path, split, label } = plan.samples[index]!;
    const bytes = await entry.read(IMPORT_LIMITS.imageBytes);
    yield {
      index,
      split,
      label: labels.get(label)!,
      source: path,
      image: () => (bytes ? verifyImage(bytes, path) : Promise.reject(imageBytesExceeded(path))),
    };
  }
}

/** The labels in natural order. When files have been refused, too few labels may only be what is left. */
function labelsOf(samples: readonly PlannedSample[], problems: ProblemList): string[] {
  const names = [...new Set(samples.map(({ label }) => label))].sort(naturalOrder);
  return problems.count > 0 ? names : parseInput(labelsSchema, names, 'labels');
}
