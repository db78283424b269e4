'use client';

import dynamic from 'next/dynamic';
import styles from './Markdown.module.css';

/** Loaded where a text is shown; pages without one do not carry it. */
const Rendered = dynamic(() => import('./RenderedMarkdown'), {
  loading: () => <p className="muted">Reading …</p>,
});

/** A text of people: HTML in it is shown as text, pictures of other hosts are links, links lead away without a trace. */
export function Markdown({ children }: { children: string }) {
  return (
    <div className={styles.text}>
      <Rendered>{children}</Rendered>
    </div>
  );
}
