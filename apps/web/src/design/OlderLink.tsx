import Link from 'next/link';

interface Props {
  page: { hasNextPage: boolean; endCursor?: string | null };
  /** The address of the list; whether it is not its first page that is shown. */
  href: string;
  after: string | undefined;
}

/** From page to page of a list that begins with the newest, each page a link. */
export function OlderLink({ page, href, after }: Props) {
  const separator = href.includes('?') ? '&' : '?';
  const older =
    page.hasNextPage && page.endCursor ? `${href}${separator}after=${encodeURIComponent(page.endCursor)}` : undefined;
  if (older === undefined && after === undefined) return null;
  return (
    <nav className="row" aria-label="Pages" style={{ fontSize: 13 }}>
      {after !== undefined && <Link href={href}>The newest</Link>}
      {older !== undefined && <Link href={older}>Older</Link>}
    </nav>
  );
}
