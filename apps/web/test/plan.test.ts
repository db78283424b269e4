import { describe, expect, it } from 'vitest';
import { readPlan, toInput, writePlan, type Plan } from '../src/plans/plan';

const USUAL = { versionId: 'DatasetVersion_9', restorationIds: ['RestorationConfig_1'] };
const PLAN: Plan = {
  versionId: 'DatasetVersion_2',
  split: 'TEST',
  modelIds: ['ModelConfig_1', 'ModelConfig_3'],
  restorationIds: ['RestorationConfig_2'],
  seeds: [0, 7],
  sample: 3,
};

describe('a plan in the address', () => {
  it('comes back as it was written', () => {
    const written = {
      ...writePlan({ versionId: PLAN.versionId }),
      ...writePlan({ ...PLAN, versionId: PLAN.versionId }),
    };
    const params = new URLSearchParams(
      Object.entries(written).filter((entry): entry is [string, string] => !!entry[1]),
    );
    params.set('split', 'TEST');
    expect(readPlan(params, USUAL)).toEqual(PLAN);
  });

  it('begins with the newest samples and no restoration, and tells nothing chosen from nothing said', () => {
    expect(readPlan(new URLSearchParams(), USUAL)).toMatchObject({ ...USUAL, split: '', modelIds: [], seeds: [0] });
    expect(readPlan(new URLSearchParams('restorations='), USUAL).restorationIds).toEqual([]);
    expect(readPlan(new URLSearchParams('models=1,x,2&split=NONE&seeds=a&sample=-1'), USUAL)).toMatchObject({
      modelIds: ['ModelConfig_1', 'ModelConfig_2'],
      split: '',
      seeds: [0],
      sample: undefined,
    });
  });

  it('is asked about when it is whole', () => {
    expect(toInput({ ...PLAN, modelIds: [] })).toBeUndefined();
    expect(toInput({ ...PLAN, split: '', sample: undefined })).toEqual({
      datasetVersionId: 'DatasetVersion_2',
      plan: {
        modelConfigIds: ['ModelConfig_1', 'ModelConfig_3'],
        restorationConfigIds: ['RestorationConfig_2'],
        seeds: [0, 7],
      },
    });
  });
});
