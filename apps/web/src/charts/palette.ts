/** Okabe and Ito's colours, told apart by every kind of sight, darkened or lightened to 3 : 1 on each scheme's ground. */
const LIGHT = ['#0072b2', '#c55a00', '#00805f', '#a83f7f', '#8a6d00', '#2a86c4', '#5a6375', '#b3440a'] as const;
const DARK = ['#5ab4e6', '#f0a04b', '#4cc9a0', '#e08fc0', '#e6d24a', '#8fc7ee', '#b0b8c6', '#f08a4b'] as const;
const DASHES = ['solid', 'dashed', 'dotted'] as const;

/** The look of a series by its place: eight colours, then the same ones dashed, then dotted. */
export function lookOf(place: number, scheme: 'light' | 'dark') {
  const colours = scheme === 'dark' ? DARK : LIGHT;
  return {
    color: colours[place % colours.length]!,
    type: DASHES[Math.floor(place / colours.length) % DASHES.length]!,
  };
}

/** Looks that differ. */
const PLACES = BigInt(LIGHT.length * DASHES.length);

/**
 * A thing's place in the palette, the same on every page: by its number, so that models that were registered one after
 * the other never share a colour.
 * @param id of a model config, such as `ModelConfig_3`; of a run that has none its own id
 */
export const placeOf = (id: string): number => Number((BigInt(id.slice(id.indexOf('_') + 1)) - 1n) % PLACES);

/**
 * Places for lines of one chart: each has the colour of its thing; those of the same thing differ by their dashes.
 * @param ids of their things, in the order of the lines
 */
export function placesOf(ids: readonly string[]): number[] {
  const seen = new Map<number, number>();
  return ids.map((id) => {
    const colour = placeOf(id) % LIGHT.length;
    const before = seen.get(colour) ?? 0;
    seen.set(colour, before + 1);
    return colour + LIGHT.length * (before % DASHES.length);
  });
}
