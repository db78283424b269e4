import { notFound } from 'next/navigation';

/** The board's id in the API, of the number in an address. */
export function boardIdOf(id: string): string {
  if (!/^[1-9]\d{0,17}$/.test(id)) notFound();
  return `Leaderboard_${id}`;
}

/** The parameter that says where a list goes on. */
export const afterOf = (after: string | string[] | undefined): { after?: string } =>
  typeof after === 'string' ? { after } : {};

export interface BoardProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ after?: string | string[] }>;
}
