import { lookOf } from './palette';

const SHAPES = {
  solid: { borderRadius: 3, borderWidth: 0 },
  dashed: { borderRadius: 3, borderWidth: 2.5 },
  dotted: { borderRadius: '50%', borderWidth: 0 },
} as const;

/** A look of the palette as a small mark: filled, a ring where its lines are dashed, a dot where they are dotted. */
export function Swatch({ place }: { place: number }) {
  const { color, type } = lookOf(place, 'light');
  // The browser chooses by its scheme, which the server does not know.
  const either = `light-dark(${color}, ${lookOf(place, 'dark').color})`;
  return (
    <span
      aria-hidden="true"
      style={{
        flex: 'none',
        display: 'inline-block',
        width: 9,
        height: 9,
        borderStyle: 'solid',
        borderColor: either,
        background: type === 'dashed' ? 'transparent' : either,
        ...SHAPES[type],
      }}
    />
  );
}
