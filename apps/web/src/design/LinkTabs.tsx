import Link from 'next/link';

export interface LinkTab {
  label: string;
  href: string;
  current: boolean;
}

/** Views of one page beside each other, each with an address of its own. */
export function LinkTabs({ label, tabs }: { label: string; tabs: readonly LinkTab[] }) {
  return (
    <nav aria-label={label} className="link-tabs">
      {tabs.map(({ label: name, href, current }) => (
        <Link key={href} href={href} aria-current={current ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
