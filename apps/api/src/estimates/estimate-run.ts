import type { Phase } from '@samplewise/database';
import type { PastPhase } from './read-history.ts';

/** The run that is estimated. */
export interface RunToCome {
  modelConfigId: bigint;
  restorationConfigId: bigint;
  samples: number;
  /** Of these, how many are wholly restored already; 0 where nothing is restored. */
  cached: number;
}

/** Which earlier runs an estimate rests on, the best first. */
export type Basis = 'SAME' | 'SAME_MODEL' | 'SAME_RESTORATION';

export interface PhaseEstimate {
  phase: Phase;
  seconds: number;
  /** By the fastest and the slowest of the earlier runs. */
  low: number;
  high: number;
  /** So many earlier runs. */
  runs: number;
  basis: Basis;
  /** None of them was on a processor that an executor has at present. */
  otherHardware: boolean;
  /** Pictures that are there already are counted as if they were to be restored, since nothing is known of their cost. */
  atMost: boolean;
  energyJoules: number | null;
  price: number | null;
  currency: string | null;
}

export interface RunEstimate {
  /** None where a phase is unknown. Preparation and model work at the same time: the slower one counts, then the evaluation. */
  seconds: number | null;
  phases: PhaseEstimate[];
  energyJoules: number | null;
  price: number | null;
  currency: string | null;
}

/** Runs of which less than the one, or more than the other share was cached tell what a picture costs, either way. */
const [FRESH, CACHED] = [0.1, 0.9];

/** Where each phase's earlier runs are looked for, in this order. */
const LOOKED_FOR = {
  /** It is the restoration that costs most of it. */
  PREPROCESSING: ['SAME', 'SAME_RESTORATION'],
  INFERENCE: ['SAME', 'SAME_MODEL'],
  EVALUATION: ['SAME', 'SAME_MODEL', 'SAME_RESTORATION'],
} as const satisfies Partial<Record<Phase, readonly Basis[]>>;
type EstimatedPhase = keyof typeof LOOKED_FOR;

/**
 * What a run will cost by what earlier ones did: the median of their seconds a sample.
 * @param hardware processors of the executors that are there; runs on these are preferred
 */
export function estimateRun(run: RunToCome, history: readonly PastPhase[], hardware: readonly string[]): RunEstimate {
  const phases = (Object.keys(LOOKED_FOR) as EstimatedPhase[])
    .map((phase) => estimatePhase(phase, run, history, hardware))
    .filter((estimate) => estimate !== undefined);
  const seconds = (phase: EstimatedPhase): number | undefined => phases.find((p) => p.phase === phase)?.seconds;
  const [preparation, model, evaluation] = [seconds('PREPROCESSING'), seconds('INFERENCE'), seconds('EVALUATION')];
  const isWhole = preparation !== undefined && model !== undefined && evaluation !== undefined;
  const currencies = new Set(phases.map(({ currency }) => currency));
  return {
    seconds: isWhole ? Math.max(preparation, model) + evaluation : null,
    phases,
    energyJoules: isWhole ? sumOfAll(phases.map(({ energyJoules }) => energyJoules)) : null,
    ...(isWhole && currencies.size === 1 && !currencies.has(null)
      ? { price: sumOfAll(phases.map(({ price }) => price)), currency: [...currencies][0]! }
      : { price: null, currency: null }),
  };
}

function estimatePhase(
  phase: EstimatedPhase,
  run: RunToCome,
  history: readonly PastPhase[],
  hardware: readonly string[],
): PhaseEstimate | undefined {
  const ofPhase = history.filter((past) => past.phase === phase);
  for (const basis of LOOKED_FOR[phase]) {
    const past = ofPhase.filter((one) => isLike(one, run, basis));
    const here = past.filter((one) => one.hardware !== null && hardware.includes(one.hardware));
    const used = here.length > 0 ? here : past;
    const estimate = phase === 'PREPROCESSING' ? ofPreparation(run, used) : ofAll(run.samples, used);
    if (estimate) return { phase, basis, otherHardware: here.length === 0, atMost: false, ...estimate };
  }
  return undefined;
}

function isLike(past: PastPhase, run: RunToCome, basis: Basis): boolean {
  const [model, restoration] = [
    past.modelConfigId === run.modelConfigId,
    past.restorationConfigId === run.restorationConfigId,
  ];
  if (basis === 'SAME') return model && restoration;
  return basis === 'SAME_MODEL' ? model : restoration;
}

type Estimate = Omit<PhaseEstimate, 'phase' | 'basis' | 'otherHardware' | 'atMost'> & { atMost?: boolean };

/** What is restored already is only read. */
function ofPreparation({ samples, cached }: RunToCome, past: readonly PastPhase[]): Estimate | undefined {
  const fresh = past.filter((one) => one.cached < FRESH * one.samples);
  const read = past.filter((one) => one.cached > CACHED * one.samples);
  if (cached === 0) return ofAll(samples, fresh);
  const ofRead = ofAll(cached, read);
  if (cached === samples && ofRead) return ofRead;
  const ofFresh = ofAll(samples - cached, fresh);
  if (ofFresh && ofRead) return plus(ofFresh, ofRead);
  const whole = ofAll(samples, fresh);
  return whole && { ...whole, atMost: true };
}

/** @returns undefined without earlier runs */
function ofAll(samples: number, past: readonly PastPhase[]): Estimate | undefined {
  if (past.length === 0) return undefined;
  const rates = past.map((one) => one.seconds / one.samples);
  const currencies = new Set(past.map(({ currency }) => currency));
  const currency = currencies.size === 1 ? [...currencies][0]! : null;
  return {
    seconds: samples * median(rates),
    low: samples * Math.min(...rates),
    high: samples * Math.max(...rates),
    runs: past.length,
    energyJoules: timesMedian(samples, past.map((one) => one.energyJoules === null ? null : one.energyJoules / one.samples)), // prettier-ignore
    price: currency === null ? null : timesMedian(samples, past.map((one) => one.price === null ? null : one.price / one.samples)), // prettier-ignore
    currency,
  };
}

function plus(a: Estimate, b: Estimate): Estimate {
  return {
    seconds: a.seconds + b.seconds,
    low: a.low + b.low,
    high: a.high + b.high,
    runs: a.runs + b.runs,
    energyJoules: sumOfAll([a.energyJoules, b.energyJoules]),
    ...(a.currency === b.currency
      ? { price: sumOfAll([a.price, b.price]), currency: a.currency }
      : { price: null, currency: null }),
  };
}

/** null when one of them is not known. */
const sumOfAll = (values: readonly (number | null)[]): number | null =>
  values.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0);

function timesMedian(samples: number, rates: readonly (number | null)[]): number | null {
  const known = rates.filter((rate) => rate !== null);
  return known.length === 0 ? null : samples * median(known);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
