interface Props {
  original: string;
  restored: string;
  alt: string;
  side: number;
}

/** Where a restored picture differs from its original: black where it does not. The browser draws it. */
export function DifferencePicture({ original, restored, alt, side }: Props) {
  const layer = { position: 'absolute', inset: 0, width: side, height: side } as const;
  return (
    <figure style={{ margin: 0 }}>
      <div
        role="img"
        aria-label={alt}
        style={{ position: 'relative', width: side, height: side, isolation: 'isolate', background: 'black' }}
      >
        {/* Both are stretched to the square, smoothly, so that they lie on one another whatever their sizes. */}
        <img src={original} alt="" loading="lazy" style={layer} />
        <img src={restored} alt="" loading="lazy" style={{ ...layer, mixBlendMode: 'difference' }} />
      </div>
      <figcaption className="muted" style={{ fontSize: 11 }}>
        difference
      </figcaption>
    </figure>
  );
}
