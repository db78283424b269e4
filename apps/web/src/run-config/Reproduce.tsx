'use client';

import { SegmentedControl } from '@mantine/core';
import { CopyButton } from '@/design/CopyButton';
import { useAddress } from '@/design/use-address';
import styles from './RunConfig.module.css';
import type { Snippet } from './snippets';

/** How to make the run again, in the reader's own way. */
export function Reproduce({ snippets }: { snippets: readonly Snippet[] }) {
  const [params, change] = useAddress();
  const chosen = snippets.find(({ language }) => language === params.get('as')) ?? snippets[0]!;
  return (
    <section className="panel" aria-label="Make it again">
      <div className="row spread">
        <h2>Make it again</h2>
        <span className="row" style={{ gap: 8 }}>
          <SegmentedControl
            size="xs"
            aria-label="As"
            value={chosen.language}
            onChange={(as) => change({ as: as === snippets[0]!.language ? undefined : as })}
            data={snippets.map(({ label, language }) => ({ value: language, label }))}
          />
          <CopyButton label={`Copy ${chosen.label}`} text={() => chosen.text}>
            Copy
          </CopyButton>
        </span>
      </div>
      <pre className={styles.code} tabIndex={0}>
        {chosen.text}
      </pre>
    </section>
  );
}
