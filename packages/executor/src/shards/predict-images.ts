import type { ExecutorContext } from '../context.ts';
import type { Energy } from '../costs/energy.ts';
import { NO_COST } from '../costs/phase-costs.ts';
import { shareOf, spendingOf, type Spending } from '../costs/spending.ts';
import { UNLIMITED, type Budget } from '../models/allowance.ts';
import type { Answer } from '../models/model.ts';
import type { Cost, Predicted } from '../model-process/protocol.ts';
import { countUsage } from './claim-shard.ts';
import type { ShardCosts } from './finish-shard.ts';
import { imageWindows } from './image-windows.ts';
import type { Shard } from './load-shard.ts';
import { storeRestored } from './store-restored.ts';

export interface PredictedShard {
  /** Row-major, samples x columns: the model's labels, or features; null where the model answers in words. */
  scores: Float32Array | null;
  columns: number;
  /** Of a language model, for each sample; null where its image could not be looked at. */
  answers: (Answer | null)[] | null;
  /** Some samples were not asked about for want of budget. */
  exceeded: boolean;
  /** Reason for each sample without a prediction; null where there is one. */
  failures: (string | null)[];
  latencyMicros: Int32Array;
  costs: ShardCosts;
}

/**
 * Has a model process predict a shard's images, or compute their features, and stores what restoration made of them. The first images are read
 * before the model is free, and the rest while it works.
 * @param signal gives the work up
 */
export async function predictImages(
  context: Pick<ExecutorContext, 'storage' | 'database' | 'models' | 'energy' | 'price'>,
  shard: Shard,
  signal: AbortSignal,
  budget: Budget = UNLIMITED,
): Promise<PredictedShard> {
  const { storage, database, models, energy, price } = context;
  const { samples, steps } = shard;
  const inWords = shard.model.kind === 'vlm-prompt';
  const result: PredictedShard = {
    scores: null,
    columns: 0,
    answers: inWords ? [] : null,
    exceeded: false,
    failures: [],
    latencyMicros: new Int32Array(samples.length),
    costs: {
      PREPROCESSING: { ...NO_COST, cached: 0 },
      INFERENCE: NO_COST,
    },
  };
  const windows = imageWindows(storage, samples);
  const read = () => handledLater(windows.next());
  let next = read();

  // It counts from the first turn with the model on: until then the shard before was worked on.
  let began: Promise<Beginning> | undefined;
  const begins = (): void => {
    began ??= handledLater(begin(energy));
  };
  await models.use(shard.training?.network ?? shard.model, steps, async (modelProcess) => {
    let left = budget;
    try {
      for (let window = await next; !window.done; window = await next) {
        next = read();
        const first = result.failures.length;
        const images = window.value;
        const predicted = await modelProcess.predict(images, signal, {
          budget: left,
          begins,
          store: (restored) =>
            storeRestored(
              { database, storage },
              shard,
              restored.map((r) => ({ ...r, image: r.image + first })),
            ),
        });
        if (!inWords) {
          result.columns = predicted.columns;
          result.scores ??= new Float32Array(samples.length * predicted.columns);
          result.scores.set(predicted.scores, first * predicted.columns);
        }
        result.answers?.push(...(predicted.answers ?? []));
        result.exceeded ||= predicted.exceeded;
        left = spend(left, predicted.answers ?? []);
        result.latencyMicros.set(predicted.latencyMicros, first);
        result.failures.push(...predicted.failures);
        const cached = steps.length === 0 ? 0 : images.filter((image) => image.stepsDone === steps.length).length;
        result.costs = add(result.costs, predicted, cached);
      }
      const beginning = await began;
      if (beginning) {
        result.costs = spread(result.costs, spendingOf(await beginning.spent(), price, secondsSince(beginning)));
      }
    } finally {
      const beginning = await began;
      // However it ends: the model was busy for this team. That the figure is lost is no reason to lose the shard.
      if (beginning) void handledLater(countUsage(database, shard.teamId, secondsSince(beginning)));
    }
  });
  return result;
}

/** Pictures that are asked about in vain cost requests too. */
function spend({ requests, tokens }: Budget, answers: readonly (Answer | null)[]): Budget {
  const sum = (of: (answer: Answer) => number): number =>
    answers.reduce((total, answer) => total + (answer === null ? 0 : of(answer)), 0);
  return {
    requests: requests - sum((a) => a.requests),
    tokens: tokens - sum((a) => (a.promptTokens ?? 0) + (a.completionTokens ?? 0)),
  };
}

interface Beginning {
  at: number;
  spent: Awaited<ReturnType<Energy['start']>>;
}

async function begin(energy: Energy): Promise<Beginning> {
  return { at: performance.now(), spent: await energy.start() };
}

const secondsSince = ({ at }: Beginning): number => (performance.now() - at) / 1000;

function add(sum: ShardCosts, { costs: more, device }: Predicted, cached: number): ShardCosts {
  const plus = <T extends Cost>(a: T, b: Cost): T => ({
    ...a,
    wallSeconds: a.wallSeconds + b.wallSeconds,
    cpuSeconds: a.cpuSeconds + b.cpuSeconds,
    peakMemoryBytes: Math.max(a.peakMemoryBytes, b.peakMemoryBytes),
  });
  const { PREPROCESSING, INFERENCE } = sum;
  return {
    PREPROCESSING: { ...plus(PREPROCESSING, more.PREPROCESSING), cached: PREPROCESSING.cached + cached },
    INFERENCE: { ...plus(INFERENCE, more.INFERENCE), device },
  };
}

/** The phases work at the same time: what they spend is divided in proportion to their wall seconds. */
function spread({ PREPROCESSING, INFERENCE }: ShardCosts, whole: Spending): ShardCosts {
  const all = PREPROCESSING.wallSeconds + INFERENCE.wallSeconds;
  const share = ({ wallSeconds }: Cost): Spending => shareOf(whole, all === 0 ? 0 : wallSeconds / all);
  return {
    PREPROCESSING: { ...PREPROCESSING, ...share(PREPROCESSING) },
    INFERENCE: { ...INFERENCE, ...share(INFERENCE) },
  };
}

/** The promise is awaited in time; should it fail before, that is not 'unhandled'. */
function handledLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
