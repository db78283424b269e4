import type { Request } from 'express';

/**
 * The origin that `?page=` names, under which a file is read that links to the page.
 * @returns empty within it; undefined where nothing is said; 'refused' where it is no address
 */
export function pageOf({ query: { page } }: Request): string | undefined {
  if (page === undefined || page === '') return page;
  if (typeof page !== 'string' || page.length > 500 || !URL.canParse(page)) return 'refused';
  const { protocol, origin } = new URL(page);
  return protocol === 'http:' || protocol === 'https:' ? origin : 'refused';
}
