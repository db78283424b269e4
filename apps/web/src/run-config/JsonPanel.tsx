'use client';

import type { ReactNode } from 'react';
import { CopyButton } from '@/design/CopyButton';
import { Digest } from '@/design/Digest';
import styles from './RunConfig.module.css';

interface Props {
  title: string;
  /** Beside the title. */
  about?: ReactNode;
  digest?: string;
  value: unknown;
}

/** A config as it is, to be read and taken along. */
export function JsonPanel({ title, about, digest, value }: Props) {
  const json = JSON.stringify(value, null, 2);
  return (
    <section className="panel" aria-label={title}>
      <div className="row spread">
        <div>
          <h2>{title}</h2>
          {about && (
            <div className="muted" style={{ fontSize: 13 }}>
              {about}
            </div>
          )}
        </div>
        <span className="row" style={{ gap: 8 }}>
          {digest !== undefined && <Digest value={digest} />}
          <CopyButton label={`Copy ${title} as JSON`} text={() => json}>
            JSON
          </CopyButton>
          <CopyButton
            label={`Copy ${title} as YAML`}
            text={async () => (await import('yaml')).stringify(value, { lineWidth: 0 })}
          >
            YAML
          </CopyButton>
        </span>
      </div>
      <pre className={styles.code} tabIndex={0}>
        {json}
      </pre>
    </section>
  );
}
