import { tinyClassifier } from '../../packages/executor/test/support/tiny-onnx.ts';

const LABELS = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'];

/** A classifier of FER's images that is accepted when it is registered, and fails when it runs: its scores are NaN. */
export const failingModel = {
  bytes: tinyClassifier({ input: ['N', 1, 48, 48], classes: LABELS.length, then: 'nan' }),
  spec: (digest: string) => ({
    kind: 'onnx-classifier',
    weights: { digest },
    labels: LABELS,
    input: { width: 48, height: 48, colour: 'GRAY' },
  }),
};
