import {
  hiddenFromTraining,
  InvalidInput,
  modelSpec,
  newLinearProbe,
  parseInput,
  problem,
  splitsOfProbe,
  type LinearProbeSpec,
  type ModelSpec,
  type NewLinearProbe,
  type ProbeValidation,
  type Split,
} from '@samplewise/domain';
import type { ModelConfig, PrismaScope } from '@samplewise/database';
import { findFeatures } from '@samplewise/onnx';
import type { Storage } from '@samplewise/storage';
import { blobSource } from '../configs/check-model.ts';

/** Of each class, what is held out where the version has no samples for validation. */
const HELD_OUT = 0.2;

/**
 * What a probe is about in full: the tensor that is taken as features is found in the model's file, the samples to judge
 * by are chosen by what the dataset version has.
 * @throws InvalidInput when the model has no such tensor, a split has no samples or hidden labels, or those to learn from are of one class
 */
export async function chooseProbe(
  { prisma, storage }: { prisma: PrismaScope; storage: Storage },
  model: Pick<ModelConfig, 'id' | 'spec'>,
  version: { id: bigint; labels: readonly string[] },
  input: unknown,
): Promise<{ probe: LinearProbeSpec; spec: ModelSpec }> {
  const { features, validationSplit, validationShare, ...asked } = parseInput(newLinearProbe, input, 'input');
  const spec = parseInput(modelSpec, model.spec, `ModelConfig_${model.id}`);
  const counts = await countSamples(prisma, version.id);
  const validation = chooseValidation(counts, asked.trainSplit, { split: validationSplit, share: validationShare });
  await checkHidden(prisma, version.id, asked.trainSplit, validation);
  checkSamples(counts, version.labels, asked.trainSplit, validation);
  const found = await findFeatures(spec, features, async (digest, use) => use(await blobSource(storage, digest)));
  if ('problem' in found) {
    const place = found.problem.code === 'INVALID_VALUE' ? 'input.modelConfigId' : 'input.features';
    throw new InvalidInput({ ...found.problem, place });
  }
  return { probe: { kind: 'linear-probe', features: found.tensor, ...asked, validation }, spec };
}

/** Samples of each class, by split. */
type Counts = ReadonlyMap<Split, ReadonlyMap<number, number>>;

async function countSamples(prisma: PrismaScope, versionId: bigint): Promise<Counts> {
  const groups = await prisma.sample.groupBy({ by: ['split', 'label'], where: { versionId }, _count: true });
  const bySplit = Map.groupBy(groups, ({ split }) => split);
  return new Map(
    [...bySplit].map(([split, rows]) => [split, new Map(rows.map(({ label, _count }) => [label, _count]))]),
  );
}

function chooseValidation(
  counts: Counts,
  trainSplit: Split,
  { split, share }: { split: Split | undefined; share: number | undefined },
): ProbeValidation | null {
  if (split !== undefined) return { split };
  if (share !== undefined) return share === 0 ? null : { share };
  return counts.has('VALIDATION') && trainSplit !== 'VALIDATION' ? { split: 'VALIDATION' } : { share: HELD_OUT };
}

/** Whoever asks: the model and its curve are for all who see the project. @throws InvalidInput */
async function checkHidden(
  prisma: PrismaScope,
  versionId: bigint,
  trainSplit: Split,
  validation: ProbeValidation | null,
): Promise<void> {
  const splits = splitsOfProbe({ trainSplit, validation });
  const rows = await prisma.hiddenLabels.findMany({ where: { versionId, shownAt: null, split: { in: splits } } });
  const hidden = rows.map(({ split }) => split);
  const place = hidden.includes(trainSplit) ? 'input.trainSplit' : 'input.validationSplit';
  if (hidden.length > 0) throw new InvalidInput(hiddenFromTraining(hidden, place));
}

/** @throws InvalidInput */
function checkSamples(
  counts: Counts,
  labels: readonly string[],
  trainSplit: NewLinearProbe['trainSplit'],
  validation: ProbeValidation | null,
): void {
  const classes = counts.get(trainSplit);
  if (!classes) throw emptySplit('input.trainSplit', trainSplit, counts);
  if (classes.size < 2) {
    const [only] = classes.keys();
    throw new InvalidInput(
      problem('INVALID_VALUE', `All samples to learn from are of one class: ${labels[only!]}.`, {
        place: 'input.trainSplit',
        value: trainSplit,
        mend: 'Train on a split with samples of two classes or more.',
      }),
    );
  }
  if (validation && 'split' in validation) {
    if (validation.split === trainSplit) {
      throw new InvalidInput(
        problem('INVALID_VALUE', 'The samples to judge by are those that are learned from.', {
          place: 'input.validationSplit',
          value: validation.split,
          mend: 'Name another split, or hold a share out: validationShare.',
        }),
      );
    }
    if (!counts.has(validation.split)) throw emptySplit('input.validationSplit', validation.split, counts);
  }
}

const emptySplit = (place: string, split: Split, counts: Counts): InvalidInput =>
  new InvalidInput(
    problem('EMPTY_SOURCE', 'The dataset version has no samples in this split.', {
      place,
      value: split,
      mend: `It has ${[...counts.keys()].join(', ') || 'no samples at all'}.`,
    }),
  );
