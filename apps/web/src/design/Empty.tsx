import type { ReactNode } from 'react';

/** What to do where there is nothing yet. */
export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="panel" style={{ textAlign: 'center', padding: '36px 16px', borderStyle: 'dashed' }}>
      <p style={{ margin: 0, fontWeight: 600 }}>{title}</p>
      <div className="muted in-words" style={{ marginTop: 6 }}>
        {children}
      </div>
    </div>
  );
}
