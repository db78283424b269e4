'use client';

import styles from './Samples.module.css';

/** A picture in a square, also where it can't be had. Few pixels are shown as they are; many are made fewer softly. */
export function Thumbnail({ url, alt = '' }: { url: string; alt?: string }) {
  return (
    <span className={styles.picture}>
      <img
        src={url}
        alt={alt}
        loading="lazy"
        decoding="async"
        // One that the server has shown may be there, or not, before anybody listens.
        ref={(image) => {
          if (image?.complete) settle(image);
        }}
        onLoad={({ currentTarget }) => settle(currentTarget)}
        onError={({ currentTarget }) => settle(currentTarget)}
      />
    </span>
  );
}

function settle(image: HTMLImageElement): void {
  image.parentElement!.toggleAttribute('data-broken', image.naturalWidth === 0);
  image.style.imageRendering = image.naturalWidth < 1.5 * image.clientWidth ? 'pixelated' : 'auto';
}
