import { $Enums } from '@samplewise/database';
import { PREDICTION_STATUS, type PredictionStatus } from '@samplewise/domain';
import { builder } from '../builder.ts';

export const RunStatusEnum = builder.enumType($Enums.RunStatus, {
  name: 'RunStatus',
  description: 'How far a run is.',
});
export const RunSourceEnum = builder.enumType($Enums.RunSource, {
  name: 'RunSource',
  description: 'Who makes the predictions: an executor, a client that logs them, or an import.',
});
export const PhaseEnum = builder.enumType($Enums.Phase, {
  name: 'Phase',
  description: "A part of a run's work that is measured by itself.",
});
export const PredictionStatusEnum = builder.enumType('PredictionStatus', {
  description: 'How a prediction ended.',
  values: Object.keys(PREDICTION_STATUS) as PredictionStatus[],
});
