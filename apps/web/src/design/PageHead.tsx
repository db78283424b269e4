import type { ReactNode } from 'react';

interface Props {
  title: ReactNode;
  about?: ReactNode;
  actions?: ReactNode;
}

/** What the page is, in its one h1, and what can be done with it. */
export function PageHead({ title, about, actions }: Props) {
  return (
    <div className="row spread" style={{ alignItems: 'flex-start' }}>
      <div style={{ minWidth: 0, flex: '1 1 320px' }}>
        <h1 style={{ overflowWrap: 'anywhere' }}>{title}</h1>
        {about && (
          <div className="muted in-words" style={{ marginTop: 6, fontSize: 13, maxWidth: 820 }}>
            {about}
          </div>
        )}
      </div>
      {actions && <div className="row">{actions}</div>}
    </div>
  );
}
