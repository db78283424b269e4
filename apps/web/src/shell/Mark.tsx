/** Samples, one of which stands out. */
export function Mark({ size = 16 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" style={{ flex: 'none' }}>
      {[0, 1, 2].flatMap((y) =>
        [0, 1, 2].map((x) => (
          <rect
            key={`${x}${y}`}
            x={x * 6}
            y={y * 6}
            width="4"
            height="4"
            rx="1"
            fill={x === 1 && y === 1 ? 'var(--wrong)' : 'var(--accent)'}
          />
        )),
      )}
    </svg>
  );
}
