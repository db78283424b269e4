/** What is seen of the runs: their table, their charts, or both beside each other. */
export const SHOWS = { table: 'Table', both: 'Both', charts: 'Charts' } as const;
export type Show = keyof typeof SHOWS;

export function showIn(params: URLSearchParams): Show {
  const named = params.get('show') ?? '';
  return Object.hasOwn(SHOWS, named) ? (named as Show) : 'table';
}
