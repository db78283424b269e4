import Link from 'next/link';
import type { ReactNode } from 'react';
import { count as shown } from '@/design/format';

interface Props {
  title: string;
  /** Where all of it is; none where all is shown. */
  all?: string | undefined;
  /** How many there are. */
  count?: number;
  children: ReactNode;
}

/** A part of a project's home. */
export function HomeSection({ title, all, count, children }: Props) {
  return (
    <section aria-label={title} style={{ minWidth: 0 }}>
      <div className="row spread" style={{ marginBottom: 8 }}>
        <h2>{title}</h2>
        {all !== undefined && (
          <Link href={all} style={{ fontSize: 13 }}>
            All{count === undefined ? '' : ` ${shown(count)}`}
          </Link>
        )}
      </div>
      {children}
    </section>
  );
}
