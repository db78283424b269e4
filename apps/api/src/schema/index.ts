import './shared/scalars.ts';
import './shared/errors.ts';
import './projects/project.ts';
import './projects/mutations.ts';
import './datasets/dataset.ts';
import './datasets/import.ts';
import './configs/configs.ts';
import './runs/run.ts';
import './runs/evaluation.ts';
import './runs/predictions.ts';
import './runs/subscriptions.ts';
import './experiments/experiment.ts';
import { builder } from './builder.ts';

export const schema = builder.toSchema();
