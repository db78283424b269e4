import type { Phase, RunSource, RunStatus } from '@samplewise/database';
import type { PredictionStatus } from '@samplewise/domain';
import { builder } from '../builder.ts';

export const RunStatusEnum = builder.enumType('RunStatus', {
  description: 'How far a run is.',
  values: {
    QUEUED: { description: 'It waits for an executor.' },
    RUNNING: { description: 'Predictions are being made.' },
    FINISHED: { description: 'Each sample has its prediction.' },
    FAILED: { description: 'It ended by a fault, which it tells.' },
    CANCELED: { description: 'Somebody ended it. Predictions that were stored stay.' },
  } satisfies Record<RunStatus, object>,
});
export const RunSourceEnum = builder.enumType('RunSource', {
  description: 'Who makes the predictions.',
  values: {
    EXECUTOR: { description: 'An executor of this platform.' },
    CLIENT: { description: 'A client that logs them.' },
    IMPORT: { description: 'They were imported from elsewhere.' },
  } satisfies Record<RunSource, object>,
});
export const PhaseEnum = builder.enumType('Phase', {
  description: "A part of a run's work that is measured by itself.",
  values: {
    PREPROCESSING: { description: 'Loading, decoding, restoring and resizing images.' },
    TRAINING: { description: 'Fitting a model.' },
    INFERENCE: { description: 'The model itself.' },
    EVALUATION: { description: 'Computing figures from the predictions.' },
  } satisfies Record<Phase, object>,
});
export const PredictionStatusEnum = builder.enumType('PredictionStatus', {
  description: 'How a prediction ended.',
  values: {
    PREDICTED: { description: 'There is a predicted class.' },
    ABSTAINED: { description: 'The model declined to say.' },
    UNPARSEABLE: { description: 'The model answered with a text that names no class.' },
    FAILED: { description: 'The sample could not be predicted.' },
  } satisfies Record<PredictionStatus, object>,
});
