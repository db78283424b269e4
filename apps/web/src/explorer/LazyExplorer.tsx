'use client';

import { Loader } from '@mantine/core';
import dynamic from 'next/dynamic';
import type { Example } from './examples';
import styles from './Explorer.module.css';

/** In the browser alone, and only on its own page: the editor is larger than the rest of the app. */
const Explorer = dynamic(() => import('./Explorer'), {
  ssr: false,
  loading: () => <Loader role="status" aria-label="The explorer is being loaded" m="xl" />,
});

export function LazyExplorer({ asked }: { asked: Example | undefined }) {
  return (
    <div className={styles.frame}>
      <Explorer asked={asked} />
    </div>
  );
}
