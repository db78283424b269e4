'use client';

import { SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import { CopyButton } from './CopyButton';
import styles from './CodeTabs.module.css';
import { useAddress } from './use-address';

/** The same deed in one of several ways. */
export interface Snippet {
  label: string;
  language: string;
  text: string;
}

interface Props {
  title: string;
  snippets: readonly Snippet[];
}

/** Code to take along, in the reader's own way; the address holds which that is. */
export function CodeTabs({ title, snippets }: Props) {
  const id = useId();
  const [params, change] = useAddress();
  const chosen = snippets.find(({ label }) => label === params.get('as')) ?? snippets[0]!;
  return (
    <section aria-labelledby={id} style={{ minWidth: 0 }}>
      <div className="row spread">
        <h3 id={id} className="small-head">
          {title}
        </h3>
        <span className="row" style={{ gap: 8 }}>
          <SegmentedControl
            size="xs"
            aria-label="As"
            value={chosen.label}
            onChange={(as) => change({ as: as === snippets[0]!.label ? undefined : as })}
            data={snippets.map(({ label }) => label)}
          />
          <CopyButton label={`Copy ${chosen.label}`} text={() => chosen.text}>
            Copy
          </CopyButton>
        </span>
      </div>
      <pre className={styles.code} tabIndex={0} aria-label={chosen.label}>
        {chosen.text}
      </pre>
    </section>
  );
}
