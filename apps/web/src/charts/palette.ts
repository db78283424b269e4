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
