import { backboneOfModel } from '@samplewise/domain';
import { ModelProcess } from '../../src/model-process/model-process.ts';
import { classifier, faces, LABELS, never } from './demo-box.ts';

/** Features of the box's clean faces, computed by a model process alone. */
export interface BoxFeatures {
  features: Float32Array;
  width: number;
  labels: Int32Array;
  /** Rows of the faces whose position within their class (from 0) is wanted, in the order of classes and files. */
  rowsOf(wanted: (position: number) => boolean): number[];
}

/** @param file one of the box's classifiers */
export async function featuresOf(file: string, tensor: string): Promise<BoxFeatures> {
  const backbone = backboneOfModel(classifier('vgg-mini.onnx'))!;
  const modelProcess = await ModelProcess.start(
    { model: { kind: 'features', backbone, tensor }, steps: [], files: { [backbone.digest]: file }, threads: 1 },
    { timeoutSeconds: 60, memoryBytes: 4e9 },
  );
  try {
    const { images, truth } = await faces('clean');
    const { scores: features, columns: width } = await modelProcess.predict(images, never());
    const each = images.length / LABELS.length;
    return {
      features,
      width,
      labels: Int32Array.from(truth),
      rowsOf: (wanted) => [...images.keys()].filter((i) => wanted(i % each)),
    };
  } finally {
    modelProcess.stop();
  }
}
