import { flattenParams, problem, type Problem, type RunEnvironment, type RunParam } from '@samplewise/domain';
import type { NewLogLine } from '@samplewise/database';
import type { Chance } from './chance.ts';
import { HOSTILE_NAMES, HOSTILE_PROSE } from './hostile.ts';
import { STUDY_MODELS } from './study.ts';

/** A training that a client has logged, before it has an id. */
export interface RunFacts {
  name: string;
  description: string;
  group: string | null;
  status: 'RUNNING' | 'FINISHED' | 'FAILED' | 'CANCELED';
  /** Index into STUDY_MODELS, which is the project's list of models too. */
  model: number;
  seed: number;
  /** Milliseconds since 1970. */
  created: number;
  finished: number | null;
  archived: boolean;
  deleted: boolean;
  failure: Problem | null;
  environment: RunEnvironment;
  params: RunParam[];
  tags: { key: string; value: string }[];
  log: NewLogLine[];
  /** 0 to about 1: what its metrics are made of. */
  quality: number;
  epochs: number;
}

/** Numeric params by how many values they have, so that filters of any width can be tried. */
export const PARAM_VALUES = {
  mixed_precision: 2,
  fold: 4,
  'schedule.warmup': 20,
  'augment.crop': 100,
  init_seed: 1000,
};

const HOUR = 3_600_000;
const FAILURES = [
  'CUDA out of memory. Tried to allocate 2.50 GiB (GPU 0; 23.69 GiB total capacity; 21.02 GiB already allocated)',
  'Loss became NaN at epoch 7',
  'DataLoader worker (pid 4182) is killed by signal: Bus error',
  `RuntimeError: ${'a message of somebody who prints the whole tensor '.repeat(20)}`,
  '<script>document.title="broken"</script>',
];
/** A curve's optimum: the learning rate that each optimizer likes best, as a power of ten. */
const BEST_RATE = { adamw: -3.3, sgd: -1.6, lion: -4 } as const;
const ODD_SHARE = 0.02;

/** @param recent it may still be going on */
export function decideRun(i: number, chance: Chance, created: number, recent: boolean): RunFacts {
  const odd = chance.happens(ODD_SHARE);
  const model = chance.below(3);
  const { name: modelName, skill } = STUDY_MODELS[model]!;
  const params = paramsOf(chance, i, modelName, odd);
  const { optimizer, epochs, fold } = params;
  const rate = Math.log10(optimizer.lr) - BEST_RATE[optimizer.name];
  const quality =
    skill / 2.4 - 0.16 * rate ** 2 - 0.25 * Math.abs(params.augment.mixup - 0.2) + 0.04 * chance.normal() - 3 / epochs;
  const status = statusOf(chance, quality, recent);
  const duration = HOUR * chance.between(0.2, 2.5) * (epochs / 60);
  const ended = created + (status === 'FINISHED' ? duration : duration * chance.uniform());
  const finished = status === 'RUNNING' ? null : ended;
  return {
    name: odd ? chance.of(HOSTILE_NAMES) : `${modelName} ${optimizer.name} ${optimizer.lr.toPrecision(2)} fold ${fold}`,
    description: odd ? HOSTILE_PROSE : '',
    group: chance.happens(0.8) ? `sweep ${1 + Math.floor(i / 40)}` : odd ? chance.of(HOSTILE_NAMES) : null,
    status,
    model,
    seed: params.init_seed,
    created,
    finished,
    archived: status !== 'RUNNING' && chance.happens(0.02),
    deleted: status !== 'RUNNING' && chance.happens(0.01),
    failure: status === 'FAILED' ? problem('CLIENT_FAILED', chance.of(FAILURES), { place: 'client' }) : null,
    environment: environmentOf(chance, i),
    params: flattenParams(params, 'params'),
    tags: tagsOf(chance, odd),
    log: status === 'CANCELED' ? [{ time: ended, stream: 'SYSTEM', level: 'INFO', text: 'Canceled.' }] : [],
    quality,
    epochs,
  };
}

function statusOf(chance: Chance, quality: number, recent: boolean): RunFacts['status'] {
  if (recent && chance.happens(0.4)) return 'RUNNING';
  const dice = chance.uniform() + (quality < 0.3 ? 0.1 : 0);
  if (dice < 0.86) return 'FINISHED';
  return dice < 0.95 ? 'FAILED' : 'CANCELED';
}

/** Has no factor in common with any number of values: each comes equally often. */
const STRIDE = 7919;

function paramsOf(chance: Chance, i: number, model: string, odd: boolean) {
  const optimizer = chance.of(['adamw', 'sgd', 'lion'] as const);
  const below = (key: keyof typeof PARAM_VALUES): number => (i * STRIDE) % PARAM_VALUES[key];
  return {
    model,
    optimizer: {
      name: optimizer,
      lr: Number((10 ** (BEST_RATE[optimizer] + 0.8 * chance.normal())).toPrecision(4)),
      weight_decay: chance.of([0, 1e-4, 1e-3, 0.01, 0.05]),
      momentum: 0.9,
      beta1: 0.9,
      beta2: chance.of([0.99, 0.999]),
    },
    schedule: { name: chance.of(['cosine', 'step', 'constant']), warmup: below('schedule.warmup'), final: 1e-6 },
    augment: {
      mixup: Number(chance.between(0, 0.6).toFixed(3)),
      crop: below('augment.crop'),
      flip: chance.happens(0.9),
      rotation: chance.below(31),
      erase: Number(chance.between(0, 0.5).toFixed(2)),
    },
    epochs: chance.of([20, 40, 60, 100]),
    batch_size: chance.of([32, 64, 128, 256]),
    image_size: chance.of([48, 112, 224]),
    label_smoothing: chance.of([0, 0.05, 0.1]),
    dropout: Number(chance.between(0, 0.5).toFixed(2)),
    mixed_precision: below('mixed_precision'),
    fold: below('fold'),
    init_seed: below('init_seed'),
    pretrained: chance.of(['imagenet', 'vggface2', 'none']),
    frozen_layers: chance.below(8),
    class_weights: chance.of(['none', 'balanced', 'effective']),
    ema: chance.of([0, 0.999, 0.9999]),
    gradient_clip: chance.of([0, 1, 5]),
    workers: 8,
    data: { name: 'fer2013', digest: '1f2d…', splits: ['Training', 'PublicTest'] },
    ...(odd ? { notes: chance.of(HOSTILE_NAMES), [chance.of(HOSTILE_KEYS)]: chance.of(HOSTILE_NAMES) } : {}),
  };
}

/** Keys may not have control characters. */
const HOSTILE_KEYS = ['<b>key</b>', 'مفتاح', '🔑', "it's a key", 'a key with blanks', 'k'.repeat(200)];

function tagsOf(chance: Chance, odd: boolean): RunFacts['tags'] {
  return [
    { key: 'stage', value: chance.of(['draft', 'draft', 'candidate', 'final']) },
    { key: 'owner', value: chance.of(['ada', 'grace', 'katherine', 'margaret']) },
    ...(chance.happens(0.1) ? [{ key: 'baseline', value: '' }] : []),
    ...(odd ? [{ key: chance.of(HOSTILE_KEYS), value: chance.of(HOSTILE_NAMES) }] : []),
  ];
}

function environmentOf(chance: Chance, i: number): RunEnvironment {
  const commit = (0x9e3779b1 * (1 + Math.floor(i / 100))).toString(16).slice(0, 8).padEnd(40, '4f');
  return {
    git: { commit, branch: 'main', remote: 'https://example.org/team/emotions.git', dirty: chance.happens(0.3) },
    packages: { torch: '2.13.0', torchvision: '0.28.0', timm: '1.2.1', numpy: '2.4.0' },
    hardware: { cpu: 'AMD EPYC 7763', cores: 32, memoryBytes: 128 * 2 ** 30, gpus: ['NVIDIA RTX A5000'] },
    os: 'Linux 6.12 x86_64',
    hostname: `node-${1 + chance.below(8)}`,
    python: '3.13.1',
    command: `python train.py --config sweep-${1 + Math.floor(i / 40)}.yaml`,
  };
}
