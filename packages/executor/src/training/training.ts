import {
  backboneOfModel,
  linearProbeSpec,
  parseInput,
  type BackboneSpec,
  type LinearProbeSpec,
  type ModelSpec,
} from '@samplewise/domain';
import type { FeatureSpec } from '../models/runnable.ts';

/** What a run trains. */
export interface Training {
  probe: LinearProbeSpec;
  /** Under which the trained model is registered. */
  modelName: string;
  /** Trainings with the same one have the same features. */
  featuresKey: string;
  backbone: BackboneSpec;
  /** What gives the features. */
  network: FeatureSpec;
  seed: number;
  /** Samples of all its shards. */
  samples: number;
}

interface Row {
  spec: unknown;
  modelName: string;
  featuresKey: string;
}

/** @throws InvalidInput when what is stored does not conform to its specification */
export function toTraining(
  { spec, modelName, featuresKey }: Row,
  model: ModelSpec,
  run: { seed: number; sampleTotal: number },
): Training {
  const probe = parseInput(linearProbeSpec, spec, 'training');
  const backbone = backboneOfModel(model);
  if (!backbone) throw new Error(`a model of the kind ${model.kind} gives no features`);
  const network: FeatureSpec = { kind: 'features', backbone, tensor: probe.features };
  return { probe, modelName, featuresKey, backbone, network, seed: run.seed, samples: run.sampleTotal };
}
