import type { ReactNode } from 'react';

interface Props {
  title: string;
  /** What it is for, in a sentence or two. */
  about?: ReactNode;
  /** What can't be taken back stands apart. */
  danger?: boolean;
  children: ReactNode;
}

/** A part of a page of settings: what it is on the left, what can be done on the right; below each other where narrow. */
export function SettingsPart({ title, about, danger = false, children }: Props) {
  return (
    <section className="settings-part" aria-label={title}>
      <div>
        <h2>{title}</h2>
        {about && <p className="muted">{about}</p>}
      </div>
      <div className={danger ? 'panel danger' : 'panel'}>{children}</div>
    </section>
  );
}
