'use client';

import { useEffect, useState } from 'react';
import type { ImportStateFragment } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { ImportChanged } from './documents';
import { FormatGuide } from './FormatGuide';
import styles from './Import.module.css';
import { ImportForm } from './ImportForm';
import { ImportProgress } from './ImportProgress';

const isOpen = (state: ImportStateFragment): boolean => state.status === 'QUEUED' || state.status === 'RUNNING';

interface Props {
  projectId: string;
  /** Whether the person may decide that labels are hidden. */
  mayHide: boolean;
  initial: ImportStateFragment[];
}

/** The form, and the project's imports kept up to date. */
export function LiveImports({ projectId, mayHide, initial }: Props) {
  const [states, setStates] = useState(initial);
  const open = states.filter(isOpen).map((state) => state.id);
  const key = open.join(' ');

  useEffect(() => {
    const subscriptions = key
      .split(' ')
      .filter(Boolean)
      .map((importId) =>
        browserClient()
          .subscription(ImportChanged, { importId })
          .subscribe(({ data }) => {
            if (!data) return;
            setStates((all) => all.map((state) => (state.id === importId ? data.importChanged : state)));
          }),
      );
    return () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
    };
  }, [key]);

  return (
    <div className="stack">
      <div className={styles.layout}>
        <ImportForm
          projectId={projectId}
          mayHide={mayHide}
          started={(state) => setStates((all) => [state, ...all.filter(({ id }) => id !== state.id)])}
        />
        <FormatGuide />
      </div>
      {states.length > 0 && (
        <section className="stack" style={{ gap: 10 }} aria-label="Imports">
          <h2>Imports</h2>
          {states.map((state) => (
            <ImportProgress key={state.id} state={state} />
          ))}
        </section>
      )}
    </div>
  );
}
