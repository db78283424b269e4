import { EvaluationInputError } from '../errors.ts';
import type { Estimate } from '../estimate.ts';
import { checkFraction } from '../options.ts';
import { wilsonInterval } from '../wilson.ts';
import { mcnemar } from './mcnemar.ts';

/**
 * What an accuracy that somebody has reported, without its predictions, allows: the interval of a proportion.
 * @param accuracy from 0 to 1, as printed; the nearest whole number of right samples is taken
 * @param samples that it was measured on
 * @throws EvaluationInputError
 */
export function reportedAccuracy(accuracy: number, samples: number, confidence = 0.95): Estimate {
  const right = rightSamples('accuracy', accuracy, samples);
  checkFraction('confidence', confidence);
  return { value: right / samples, ...wilsonInterval(right, samples, confidence), method: 'wilson' };
}

/** Whether two reported accuracies on the same samples may be told apart. */
export interface ReportedPair {
  readonly samples: number;
  /** So many samples lie between them, second - first. */
  readonly difference: number;
  /**
   * Samples of which just one of the two is right, at most, for McNemar's mid-p to be below `alpha`; null when even the
   * fewest possible are too many.
   */
  readonly mostDiscordant: number | null;
  /** How many there would be if the two erred independently of each other, and McNemar's mid-p then. */
  readonly independent: { readonly discordant: number; readonly p: number };
}

/**
 * McNemar's test needs to know on how many samples just one of two models is right. Where only accuracies were reported
 * that is not known; but the difference is, so that it can be said up to how many it would be significant, and what
 * independence of the errors would give. Models that err on the same hard samples have fewer discordant ones.
 * @throws EvaluationInputError
 */
export function reportedPair(first: number, second: number, samples: number, alpha = 0.05): ReportedPair {
  const [a, b] = [rightSamples('first', first, samples), rightSamples('second', second, samples)];
  checkFraction('alpha', alpha);
  const difference = b - a;
  const least = Math.abs(difference);
  // Each sample that both have right, or both wrong, is not discordant.
  const most = Math.min(a + b, 2 * samples - a - b);
  const p = (discordant: number): number => mcnemar((discordant + difference) / 2, (discordant - difference) / 2).midP;
  // p grows with the discordant samples, which have the parity of the difference.
  let [low, high] = [0, Math.floor((most - least) / 2)];
  if (p(least) >= alpha) {
    return { samples, difference, mostDiscordant: null, independent: independent() };
  }
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (p(least + 2 * middle) < alpha) low = middle;
    else high = middle - 1;
  }
  return { samples, difference, mostDiscordant: least + 2 * low, independent: independent() };

  function independent(): ReportedPair['independent'] {
    const expected = (a * (samples - b) + b * (samples - a)) / samples;
    const discordant = least + 2 * Math.max(0, Math.round((expected - least) / 2));
    return { discordant, p: p(discordant) };
  }
}

function rightSamples(argument: string, accuracy: number, samples: number): number {
  if (!Number.isInteger(samples) || samples < 1) {
    throw new EvaluationInputError('samples', `is ${samples}, expected a whole number from 1 on`);
  }
  if (!(accuracy >= 0 && accuracy <= 1)) {
    throw new EvaluationInputError(argument, `is ${accuracy}, expected a share from 0 to 1`);
  }
  return Math.round(accuracy * samples);
}
