import Link from 'next/link';

export interface Crumb {
  label: string;
  href: string;
}

/** The way from the project to here; the page's own name is its heading. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="crumbs">
        {crumbs.map(({ label, href }, at) => (
          <li key={href}>
            {at > 0 && <span aria-hidden="true">/</span>}
            <Link href={href} className="truncate" title={label}>
              {label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
