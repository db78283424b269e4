import leven from 'leven';

/** The name that was probably meant; undefined where there is none at all. */
export function nearest(given: string, names: readonly string[]): string | undefined {
  const fold = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const far = (name: string): number => leven(fold(given), fold(name), { maxDistance: 200 });
  return [...names].sort((a, b) => far(a) - far(b))[0];
}
