import { weightsOf, type BackboneSpec, type ModelSpec } from '@samplewise/domain';

/** The part of a model's network that gives features. */
export interface FeatureSpec {
  kind: 'features';
  backbone: BackboneSpec;
  /** Of its graph. */
  tensor: string;
}

/** What a model process may be given to run. */
export type Runnable = ModelSpec | FeatureSpec;

/** The blobs that it needs. */
export const digestsOf = (spec: Runnable): string[] =>
  spec.kind === 'features' ? [spec.backbone.digest] : weightsOf(spec).map(({ digest }) => digest);
