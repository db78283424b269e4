import type { PredictionStatus } from '@samplewise/domain';
import { Chance } from './chance.ts';
import type { SampleFacts } from './sample-facts.ts';
import type { StudyModel } from './study.ts';

/** Which classes look alike, in standard deviations; FER-2013's order: angry, disgust, fear, happy, sad, surprise, neutral. */
const ALIKE: readonly (readonly [number, number, number])[] = [
  [0, 1, 0.9],
  [0, 4, 0.6],
  [2, 5, 0.8],
  [2, 4, 0.7],
  [4, 6, 0.8],
  [0, 6, 0.5],
  [3, 6, 0.3],
];
/** Shares of a score's variance: what is in the image is the same for all runs, what is in the model for its runs. */
const OF_IMAGE = 0.5;
const OF_MODEL = 0.3;
const OF_RUN = 1 - OF_IMAGE - OF_MODEL;
/** Of a language model's answers, the harder the image the more. */
const NO_ANSWER: readonly [PredictionStatus, number][] = [
  ['ABSTAINED', 0.05],
  ['UNPARSEABLE', 0.02],
  ['FAILED', 0.004],
];

export interface RunPredictions {
  /** -1 for none. */
  predicted: Int32Array;
  /** Row-major, samples x classes; none of a language model. */
  scores: Float32Array | undefined;
  statuses: PredictionStatus[] | undefined;
  latencyMicros: Int32Array;
}

export interface PredictedRun {
  model: StudyModel;
  /** How much its restoration helps, in standard deviations. */
  gain: number;
  seed: number;
}

/**
 * Predictions of runs as real ones are: images that are hard for one are hard for all, runs of one model agree more
 * than others, and classes that look alike are taken for each other.
 */
export function predictor(facts: SampleFacts, seed: number): (run: PredictedRun) => RunPredictions {
  const ofImage = normals(facts, new Chance(seed, 'images'));
  const ofModel = new Map<string, Float32Array>();
  return (run) => {
    const { name } = run.model;
    const known = ofModel.get(name) ?? normals(facts, new Chance(seed, `model ${name}`));
    ofModel.set(name, known);
    const chance = new Chance(seed, `run ${name} ${run.gain} ${run.seed}`);
    return predict(facts, run, ofImage, known, chance);
  };
}

const normals = ({ count, classes }: SampleFacts, chance: Chance): Float32Array =>
  Float32Array.from({ length: count * classes }, () => chance.normal());

function predict(
  facts: SampleFacts,
  { model, gain }: PredictedRun,
  ofImage: Float32Array,
  ofModel: Float32Array,
  chance: Chance,
): RunPredictions {
  const { count, classes } = facts;
  const alike = likeness(classes);
  const scores = new Float32Array(count * classes);
  const predicted = new Int32Array(count);
  const latencyMicros = new Int32Array(count);
  const weights = [OF_IMAGE, OF_MODEL, OF_RUN].map(Math.sqrt) as [number, number, number];
  const row = new Float64Array(classes);
  for (let i = 0; i < count; i++) {
    const truth = facts.label[i]!;
    const skill = (model.skill + gain) * (1.25 - 0.9 * facts.difficulty[i]!);
    for (let c = 0; c < classes; c++) {
      const at = i * classes + c;
      const noise = weights[0] * ofImage[at]! + weights[1] * ofModel[at]! + weights[2] * chance.normal();
      row[c] = noise + (c === truth ? skill : alike[truth * classes + c]!);
    }
    predicted[i] = softmaxInto(scores, i * classes, row, model);
    latencyMicros[i] = Math.round(model.latencyMicros * Math.exp(0.12 * chance.normal()));
  }
  if (!model.speaks) return { predicted, scores, statuses: undefined, latencyMicros };
  const statuses = Array.from({ length: count }, (_, i): PredictionStatus => {
    const lost = NO_ANSWER.find(([, share]) => chance.happens(share * (0.5 + facts.difficulty[i]!)));
    if (lost) predicted[i] = -1;
    return lost?.[0] ?? 'PREDICTED';
  });
  return { predicted, scores: undefined, statuses, latencyMicros };
}

/** @returns the class of the highest score */
function softmaxInto(
  scores: Float32Array,
  from: number,
  row: Float64Array,
  { skill, temperature }: StudyModel,
): number {
  // A score's likelihood ratio is exp(skill x score): that is calibrated, and the temperature makes it less so.
  const factor = skill / temperature;
  let best = 0;
  for (let c = 1; c < row.length; c++) if (row[c]! > row[best]!) best = c;
  let sum = 0;
  for (let c = 0; c < row.length; c++) {
    const weight = Math.exp(factor * (row[c]! - row[best]!));
    scores[from + c] = weight;
    sum += weight;
  }
  for (let c = 0; c < row.length; c++) scores[from + c]! /= sum;
  return best;
}

function likeness(classes: number): Float32Array {
  const matrix = new Float32Array(classes * classes);
  for (const [a, b, strength] of ALIKE) {
    matrix[a * classes + b] = strength;
    matrix[b * classes + a] = strength;
  }
  return matrix;
}
