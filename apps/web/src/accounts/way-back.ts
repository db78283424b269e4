/** Where a sign-in begins. @param path to which it leads back */
export const signInAddress = (path: string): string => `/sign-in?next=${encodeURIComponent(path)}`;

/** The address within this page that `next` names; the first page where it names another, or none. */
export function wayBack(next: string | null | undefined): string {
  const base = 'http://page.invalid';
  // `//evil.example` and `/\evil.example` are addresses of others.
  if (!next?.startsWith('/') || !URL.canParse(next, base)) return '/';
  const { origin, pathname, search, hash } = new URL(next, base);
  return origin === base ? `${pathname}${search}${hash}` : '/';
}
