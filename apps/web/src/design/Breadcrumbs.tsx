import Link from 'next/link';

export interface Crumb {
  label: string;
  href: string;
}

/** The way from the project to here; the page's own name is its heading. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="row muted" style={{ gap: 6, fontSize: 13 }}>
      {crumbs.map(({ label, href }) => (
        <span key={href} style={{ display: 'inline-flex', gap: 6, maxWidth: '100%' }}>
          <Link href={href} className="truncate" title={label} style={{ maxWidth: 320 }}>
            {label}
          </Link>
          <span aria-hidden="true">/</span>
        </span>
      ))}
    </nav>
  );
}
