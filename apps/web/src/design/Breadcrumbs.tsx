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
        {crumbs.map(({ label, href }) => (
          <li key={href}>
            <Link href={href} className="truncate" title={label}>
              {label}
            </Link>
            <span aria-hidden="true">/</span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
