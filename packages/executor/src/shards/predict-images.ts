import type { ExecutorContext } from '../context.ts';
import type { Energy } from '../costs/energy.ts';
import { NOTHING_SPENT, shareOf, spendingOf, type Spending } from '../costs/spending.ts';
import { countUsage } from './claim-shard.ts';
import type { Cost, Predicted } from '../model-process/protocol.ts';
import { imageWindows } from './image-windows.ts';
import type { Shard } from './load-shard.ts';
import { storeRestored } from './store-restored.ts';
import type { ShardCosts } from './write-shard.ts';

export interface PredictedShard {
  /** Row-major, samples x the model's labels, in the model's order. */
  scores: Float32Array;
  /** Reason for each sample without a prediction; null where there is one. */
  failures: (string | null)[];
  latencyMicros: Int32Array;
  costs: ShardCosts;
}

/**
 * Has a model process predict a shard's images, and stores what restoration made of them. The first images are read
 * before the model is free, and the rest while it works.
 * @param signal gives the work up
 */
export async function predictImages(
  context: Pick<ExecutorContext, 'storage' | 'database' | 'models' | 'energy' | 'price'>,
  shard: Shard,
  signal: AbortSignal,
): Promise<PredictedShard> {
  const { storage, database, models, energy, price } = context;
  const { samples, steps } = shard;
  const classes = shard.model.labels.length;
  const result: PredictedShard = {
    scores: new Float32Array(samples.length * classes),
    failures: [],
    latencyMicros: new Int32Array(samples.length),
    costs: {
      PREPROCESSING: { ...NO_COST, ...NOTHING_SPENT, cached: 0 },
      INFERENCE: { ...NO_COST, ...NOTHING_SPENT },
    },
  };
  const stores: Promise<void>[] = [];
  const windows = imageWindows(storage, samples);
  const read = () => handledLater(windows.next());
  let next = read();

  // It counts from the first turn with the model on: until then the shard before was worked on.
  let began: Promise<Beginning> | undefined;
  const begins = (): void => {
    began ??= handledLater(begin(energy));
  };
  await models.use(shard.model, steps, async (modelProcess) => {
    try {
      for (let window = await next; !window.done; window = await next) {
        next = read();
        const first = result.failures.length;
        const images = window.value;
        const predicted = await modelProcess.predict(images, signal, begins);
        result.scores.set(predicted.scores, first * classes);
        result.latencyMicros.set(predicted.latencyMicros, first);
        result.failures.push(...predicted.failures);
        const cached = steps.length === 0 ? 0 : images.filter((image) => image.stepsDone === steps.length).length;
        result.costs = add(result.costs, predicted.costs, cached);
        const restored = predicted.restored.map((r) => ({ ...r, image: r.image + first }));
        stores.push(handledLater(storeRestored({ database, storage }, shard, restored)));
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
  await Promise.all(stores);
  return result;
}

interface Beginning {
  at: number;
  spent: Awaited<ReturnType<Energy['start']>>;
}

async function begin(energy: Energy): Promise<Beginning> {
  return { at: performance.now(), spent: await energy.start() };
}

const secondsSince = ({ at }: Beginning): number => (performance.now() - at) / 1000;

const NO_COST: Cost = { wallSeconds: 0, cpuSeconds: 0, peakMemoryBytes: 0 };

function add(sum: ShardCosts, more: Predicted['costs'], cached: number): ShardCosts {
  const plus = <T extends Cost>(a: T, b: Cost): T => ({
    ...a,
    wallSeconds: a.wallSeconds + b.wallSeconds,
    cpuSeconds: a.cpuSeconds + b.cpuSeconds,
    peakMemoryBytes: Math.max(a.peakMemoryBytes, b.peakMemoryBytes),
  });
  const { PREPROCESSING, INFERENCE } = sum;
  return {
    PREPROCESSING: { ...plus(PREPROCESSING, more.PREPROCESSING), cached: PREPROCESSING.cached + cached },
    INFERENCE: plus(INFERENCE, more.INFERENCE),
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
