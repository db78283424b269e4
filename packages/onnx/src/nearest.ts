import leven from 'leven';

/** The names that were probably meant, the likeliest first. */
export function nearestOf(given: string, names: readonly string[], count: number): string[] {
  const fold = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const wanted = fold(given);
  const ranked = names.map((name) => ({ name, far: leven(wanted, fold(name), { maxDistance: 200 }) }));
  return ranked
    .sort((a, b) => a.far - b.far)
    .slice(0, count)
    .map(({ name }) => name);
}

/** The name that was probably meant; undefined where there is none at all. */
export const nearest = (given: string, names: readonly string[]): string | undefined => nearestOf(given, names, 1)[0];
