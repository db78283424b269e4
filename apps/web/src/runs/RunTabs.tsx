'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { bareId } from '@/design/format';
import { useRun } from './RunContext';
import styles from './RunTabs.module.css';

/** Each tab has an address of its own. */
const TABS = [
  { label: 'Overview', path: '' },
  { label: 'Samples', path: '/samples' },
  { label: 'Curves', path: '/curves' },
  { label: 'Logs', path: '/logs' },
  { label: 'Artifacts', path: '/artifacts' },
  { label: 'Config', path: '/config' },
] as const;

export function RunTabs() {
  const { run, framed } = useRun();
  const pathname = usePathname();
  const home = `/runs/${bareId(run.id)}`;
  // A training is about no samples.
  const shown = TABS.filter(({ path }) => path !== '/samples' || framed.experiment.datasetVersion);
  return (
    <nav aria-label="Parts of the run" className={styles.tabs}>
      {shown.map(({ label, path }) => (
        <Link
          key={path}
          href={`${home}${path}`}
          scroll={false}
          aria-current={pathname === `${home}${path}` ? 'page' : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
