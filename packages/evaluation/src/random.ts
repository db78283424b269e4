import mt19937 from '@stdlib/random-base-mt19937';

/** A stream of random numbers from one seed. */
export interface RandomStream {
  /** In [0, 1), with 32 random bits. */
  uniform(): number;
  /** A whole number from 0 to below `bound`, which is far below 2^32. */
  below(bound: number): number;
  /** Successes in `trials`; for a mean of 10 and more on either side, faster the larger it is. */
  binomial(trials: number, probability: number): number;
}

/** @param seed an integer from 0 to 2^31; stdlib seeds its Mersenne Twister with integers from 1 */
export function randomStream(seed: number): RandomStream {
  const integer = mt19937.factory({ seed: seed + 1 });
  const uniform = (): number => integer() / 2 ** 32;
  return {
    uniform,
    below: (bound) => Math.floor(uniform() * bound),
    binomial: (trials, probability) =>
      probability > 0.5
        ? trials - drawBinomial(uniform, trials, 1 - probability)
        : drawBinomial(uniform, trials, probability),
  };
}

/** Below this mean the rejection method does not hold, and counting trials is quick for the sizes that we have. */
const LEAST_MEAN = 10;

/**
 * Hormann's transformed rejection with squeeze, BTRS (1993, Journal of Statistical Computation and Simulation 46, 101).
 * Written here because the library's own draws have means up to half a success too high (stdlib's
 * random-base-binomial 0.2.2 gives 30.47 for 100 trials of 0.3).
 * @param p up to 0.5
 */
function drawBinomial(uniform: () => number, n: number, p: number): number {
  if (n * p < LEAST_MEAN) {
    let successes = 0;
    for (let trial = 0; trial < n; trial++) if (uniform() < p) successes++;
    return successes;
  }
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const centre = n * p + 0.5;
  const squeeze = 0.92 - 4.2 / b;
  for (;;) {
    const u = uniform() - 0.5;
    const v = uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + centre);
    if (us >= 0.07 && v <= squeeze) return k;
    if (k < 0 || k > n) continue;
    const odds = p / (1 - p);
    const mode = Math.floor((n + 1) * p);
    const density =
      (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1))) +
      (n + 1) * Math.log((n - mode + 1) / (n - k + 1)) +
      (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1)) +
      stirlingRest(mode) +
      stirlingRest(n - mode) -
      stirlingRest(k) -
      stirlingRest(n - k);
    if (Math.log((v * (2.83 + 5.1 / b) * spread) / (a / (us * us) + b)) <= density) return k;
  }
}

/** ln(k!) less Stirling's formula, (k + 1/2) ln(k + 1) - (k + 1) + ln(2 pi) / 2; from 10 on by its series. */
const SMALL_RESTS = [
  0.08106146679532726, 0.04134069595540929, 0.02767792568499834, 0.02079067210376509, 0.01664469118982119,
  0.01387612882307075, 0.01189670994589177, 0.01041126526197209, 0.009255462182712733, 0.008330563433362871,
];
function stirlingRest(k: number): number {
  const small = SMALL_RESTS[k];
  if (small !== undefined) return small;
  const square = (k + 1) ** 2;
  return (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / (k + 1);
}
