/** How a prediction ended; stored as a small integer in the prediction table. */
export const PREDICTION_STATUS = {
  PREDICTED: 0,
  ABSTAINED: 1,
  UNPARSEABLE: 2,
  FAILED: 3,
} as const;
export type PredictionStatus = keyof typeof PREDICTION_STATUS;

export function predictionStatusFromCode(code: number): PredictionStatus {
  const found = Object.entries(PREDICTION_STATUS).find(([, value]) => value === code);
  if (!found) throw new RangeError(`unknown prediction status ${code}`);
  return found[0] as PredictionStatus;
}

/** Class scores as stored: little-endian float32, one for each label of the dataset version. */
export function encodeScores(scores: Float32Array): Buffer {
  const buffer = Buffer.allocUnsafe(scores.length * 4);
  for (let i = 0; i < scores.length; i++) buffer.writeFloatLE(scores[i]!, i * 4);
  return buffer;
}

export function decodeScores(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const scores = new Float32Array(bytes.byteLength / 4);
  for (let i = 0; i < scores.length; i++) scores[i] = view.getFloat32(i * 4, true);
  return scores;
}
