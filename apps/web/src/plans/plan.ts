import { bareId } from '../design/format';
import type { EstimatePlanInput, Split } from '@/generated/graphql';

/** What an experiment would run, as its page's address says it. */
export interface Plan {
  versionId: string;
  /** Empty: all samples. */
  split: Split | '';
  modelIds: readonly string[];
  restorationIds: readonly string[];
  seeds: readonly number[];
  /** So many of the combinations, drawn at random; undefined: all. */
  sample: number | undefined;
}

const SPLITS: readonly Split[] = ['TRAIN', 'VALIDATION', 'TEST'];
const numbersIn = (text: string | null): string[] => (text ?? '').split(',').filter((part) => /^\d{1,18}$/.test(part));

/** @param usual what holds where the address says nothing */
export function readPlan(params: URLSearchParams, usual: Pick<Plan, 'versionId' | 'restorationIds'>): Plan {
  const ids = (name: string, type: string): string[] => numbersIn(params.get(name)).map((id) => `${type}_${id}`);
  const restorationIds = ids('restorations', 'RestorationConfig');
  const seeds = numbersIn(params.get('seeds')).map(Number);
  const sample = Number(params.get('sample'));
  return {
    versionId: ids('version', 'DatasetVersion')[0] ?? usual.versionId,
    split: SPLITS.find((split) => split === params.get('split')) ?? '',
    modelIds: ids('models', 'ModelConfig'),
    restorationIds: params.has('restorations') ? restorationIds : usual.restorationIds,
    seeds: seeds.length > 0 ? seeds : [0],
    sample: Number.isInteger(sample) && sample > 0 ? sample : undefined,
  };
}

/** What of an address a changed plan is; undefined takes a parameter away. */
export function writePlan(changes: Partial<Plan>): Record<string, string | undefined> {
  const list = (ids: readonly string[]): string => ids.map(bareId).join(',');
  return {
    ...('versionId' in changes ? { version: bareId(changes.versionId!), split: undefined } : {}),
    ...('split' in changes ? { split: changes.split === '' ? undefined : changes.split } : {}),
    ...('modelIds' in changes ? { models: changes.modelIds!.length > 0 ? list(changes.modelIds!) : undefined } : {}),
    // Nothing chosen is not the same as nothing said.
    ...('restorationIds' in changes ? { restorations: list(changes.restorationIds!) } : {}),
    ...('seeds' in changes ? { seeds: changes.seeds!.join(',') } : {}),
    ...('sample' in changes ? { sample: changes.sample === undefined ? undefined : String(changes.sample) } : {}),
  };
}

/** As the API takes it; undefined while something is lacking. */
export function toInput({
  versionId,
  split,
  modelIds,
  restorationIds,
  seeds,
  sample,
}: Plan): EstimatePlanInput | undefined {
  if (versionId === '' || modelIds.length === 0 || restorationIds.length === 0) return undefined;
  return {
    datasetVersionId: versionId,
    ...(split === '' ? {} : { split }),
    plan: {
      modelConfigIds: [...modelIds],
      restorationConfigIds: [...restorationIds],
      seeds: [...seeds],
      ...(sample === undefined ? {} : { sample: { count: sample } }),
    },
  };
}
