'use client';

import styles from './Samples.module.css';

/** A picture in a square. Few pixels are shown as they are; many are made fewer softly. */
export function Thumbnail({ url, alt = '' }: { url: string; alt?: string }) {
  return (
    <img
      className={styles.picture}
      src={url}
      alt={alt}
      loading="lazy"
      decoding="async"
      // One that the server has shown may be there before anybody listens.
      ref={(image) => {
        if (image?.complete) sharpen(image);
      }}
      onLoad={({ currentTarget }) => sharpen(currentTarget)}
    />
  );
}

function sharpen(image: HTMLImageElement): void {
  image.style.imageRendering = image.naturalWidth < 1.5 * image.clientWidth ? 'pixelated' : 'auto';
}
