import { InvalidInput, problem } from '@samplewise/domain';
import { holdOut, softmaxRegression, type LabelledFeatures } from '@samplewise/evaluation';
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { FitMessage, FitRequest, Fitted } from './fit-protocol.ts';

/** The thread that fits: it computes without a pause, while the process' main thread watches for its end. */
if (!parentPort) throw new Error('this is the thread of a process that fits a head');
const port = parentPort;
const tell = (message: FitMessage): void => {
  port.postMessage(message);
};

fit(workerData as FitRequest).then(
  (fitted) => {
    tell({ kind: 'fitted', fitted });
  },
  (error: unknown) => {
    if (error instanceof InvalidInput) tell({ kind: 'refused', problem: error.problems[0] });
    else tell({ kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  },
);

async function fit(request: FitRequest): Promise<Fitted> {
  const samples = await readFeatures(request);
  const { training, validation } = divide(request, samples);
  const { classes } = request.options;
  const seen = new Set(Array.from(training, (row) => samples.labels[row]!));
  if (seen.size < 2) throw oneClass();
  const head = softmaxRegression(
    { ...samples, rows: training },
    {
      ...request.options,
      classes,
      ...(validation.length > 0 ? { validation: { ...samples, rows: validation } } : {}),
      onIteration: (point) => {
        tell({ kind: 'point', point });
      },
    },
  );
  return {
    ...head,
    weights: Float32Array.from(head.weights),
    bias: Float32Array.from(head.bias),
    width: samples.width,
    learned: training.length,
    judged: validation.length,
  };
}

/** All features in one array, read file by file. */
async function readFeatures({ files, labels }: FitRequest): Promise<LabelledFeatures> {
  let features: Float32Array | undefined;
  let width = 0;
  let row = 0;
  for (const { file, samples } of files) {
    const bytes = await readFile(file);
    if (!features) {
      width = bytes.length / Float32Array.BYTES_PER_ELEMENT / samples;
      features = new Float32Array(labels.length * width);
    }
    if (bytes.length !== samples * width * Float32Array.BYTES_PER_ELEMENT) {
      throw new Error(`${file} does not hold ${samples} rows of ${width} features`);
    }
    const at = row * width;
    for (let i = 0; i < samples * width; i++) features[at + i] = bytes.readFloatLE(i * Float32Array.BYTES_PER_ELEMENT);
    row += samples;
    tell({ kind: 'alive' });
  }
  if (!features || row !== labels.length) throw new Error(`there are features of ${row} of ${labels.length} samples`);
  return { features, width, labels };
}

/** Without the samples that have no features, because their image could not be read. */
function divide({ validation, share, seed }: FitRequest, { features, width, labels }: LabelledFeatures) {
  const usable = Int32Array.from(labels.keys()).filter((row) => !Number.isNaN(features[row * width]));
  if (share !== null && usable.length > 0) return holdOut(labels, usable, share, seed);
  const isHeld = (row: number): boolean => validation?.[row] === 1;
  return { training: usable.filter((row) => !isHeld(row)), validation: usable.filter(isHeld) };
}

const oneClass = (): InvalidInput =>
  new InvalidInput(
    problem('INVALID_VALUE', 'Of the samples to learn from whose image can be read, all are of one class.', {
      place: 'training.trainSplit',
      mend: "See the run's log for the images that can not be read.",
    }),
  );
