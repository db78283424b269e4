'use client';

import { Button, Progress } from '@mantine/core';
import { count } from '@/design/format';
import styles from './Artifacts.module.css';
import type { FileUpload } from './use-uploads';

interface Props {
  uploads: readonly FileUpload[];
  stop: () => void;
  clear: () => void;
}

/** More would push the files off the page. */
const SHOWN = 8;

/** Uploads that go on, and what has failed. */
export function UploadList({ uploads, stop, clear }: Props) {
  if (uploads.length === 0) return null;
  const open = uploads.filter(({ error }) => error === undefined);
  // What has failed, then what is at work.
  const sorted = [...uploads].sort((a, b) => rank(a) - rank(b));
  return (
    <div className="panel stack" style={{ gap: 8, padding: 12 }} aria-label="Uploads" role="group">
      <div className="row spread">
        <span role="status">
          {open.length > 0
            ? `Uploading ${count(open.length)} ${open.length === 1 ? 'file' : 'files'} …`
            : `${count(uploads.length)} could not be uploaded.`}
        </span>
        {open.length > 0 ? (
          <Button size="compact-xs" variant="default" onClick={stop}>
            Stop
          </Button>
        ) : (
          <Button size="compact-xs" variant="default" onClick={clear}>
            Close
          </Button>
        )}
      </div>
      <ul className={styles.uploads}>
        {sorted.slice(0, SHOWN).map(({ path, share, error }) => (
          <li key={path}>
            <span className="truncate" title={path}>
              {path}
            </span>
            {error === undefined ? (
              <>
                <Progress value={share * 100} size="sm" aria-label={`Upload of ${path}`} />
                <span className="number muted">{Math.floor(share * 100)} %</span>
              </>
            ) : (
              <span role="alert" style={{ gridColumn: 'span 2', color: 'var(--wrong)' }}>
                {error}
              </span>
            )}
          </li>
        ))}
      </ul>
      {sorted.length > SHOWN && <span className="muted">and {count(sorted.length - SHOWN)} more</span>}
    </div>
  );
}

const rank = ({ error, share }: FileUpload): number => (error !== undefined ? 0 : share > 0 && share < 1 ? 1 : 2);
