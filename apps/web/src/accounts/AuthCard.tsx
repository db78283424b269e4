import type { ReactNode } from 'react';
import { Mark } from '@/shell/Mark';

/** The one thing on the page: a form with its heading. */
export function AuthCard({ title, about, children }: { title: string; about?: ReactNode; children: ReactNode }) {
  return (
    <div className="auth-card">
      <Mark size={28} />
      <div>
        <h1>{title}</h1>
        {about && (
          <p className="muted" style={{ margin: '6px 0 0' }}>
            {about}
          </p>
        )}
      </div>
      {children}
    </div>
  );
}
