/**
 * Wilson's score interval of a proportion (Wilson, 1927; Brown, Cai and DasGupta, 2001). It stays within 0..1 and keeps
 * its coverage near the ends, where the textbook interval fails.
 * @param z quantile of the normal distribution for the wanted confidence
 */
export function wilsonInterval(successes: number, trials: number, z: number): { low: number; high: number } {
  const p = successes / trials;
  const z2 = z * z;
  const centre = p + z2 / (2 * trials);
  const spread = z * Math.sqrt((p * (1 - p)) / trials + z2 / (4 * trials * trials));
  const scale = 1 + z2 / trials;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}
