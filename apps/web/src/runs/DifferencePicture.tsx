interface Props {
  original: string;
  restored: string;
  alt: string;
  /** Pixels of the page; as wide as its place unless given. */
  side?: number;
  /** Width over height; a square unless given. */
  shape?: number;
}

/** Where a restored picture differs from its original: black where it does not. The browser draws it. */
export function DifferencePicture({ original, restored, alt, side, shape = 1 }: Props) {
  const layer = { position: 'absolute', inset: 0, width: '100%', height: '100%' } as const;
  return (
    <figure style={{ margin: 0 }}>
      <div
        role="img"
        aria-label={alt}
        style={{ position: 'relative', width: side, aspectRatio: shape, isolation: 'isolate', background: 'black' }}
      >
        {/* Both are stretched to one shape, smoothly, so that they lie on one another whatever their sizes. */}
        <img src={original} alt="" loading="lazy" style={layer} />
        <img src={restored} alt="" loading="lazy" style={{ ...layer, mixBlendMode: 'difference' }} />
      </div>
      <figcaption className="muted" style={{ fontSize: 11 }}>
        difference
      </figcaption>
    </figure>
  );
}
