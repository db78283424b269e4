import 'server-only';
import { headers } from 'next/headers';
import { readConfig } from '@/config';

/** Under which people and programs reach this page, and through it the API. */
export async function readOrigin(): Promise<string> {
  const { publicOrigin } = readConfig();
  if (publicOrigin !== undefined) return publicOrigin;
  const asked = await headers();
  return `${asked.get('x-forwarded-proto') ?? 'http'}://${asked.get('host') ?? 'localhost'}`;
}
