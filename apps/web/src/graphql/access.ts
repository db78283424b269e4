import type { WebConfig } from '@/config';

/** Names under which a page of this machine is reached. */
const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

const isLocal = (host: string): boolean => LOCAL_NAMES.has(host.replace(/:\d+$/, '').toLowerCase());

/** Why a request may not pass; undefined when it may. */
export function refusal(
  headers: Headers,
  { token, publicOrigin }: Pick<WebConfig, 'token' | 'publicOrigin'>,
): string | undefined {
  const host = headers.get('host') ?? '';
  const wrongHost = publicOrigin === undefined ? refusalOfHost(host, token) : refusalUnder(host, publicOrigin);
  if (wrongHost !== undefined) return wrongHost;
  const origin = headers.get('origin');
  if (origin !== null && (!URL.canParse(origin) || new URL(origin).host !== host)) {
    return `Pages of '${origin}' may not call this one.`;
  }
  return undefined;
}

/** Without a token the page serves this machine only, be it to one person or to those who have signed in. */
function refusalOfHost(host: string, token: string | undefined): string | undefined {
  // A web site of strangers may resolve its own name to 127.0.0.1 (DNS rebinding); its requests carry that name.
  if (token !== undefined || isLocal(host)) return undefined;
  return `The host must be localhost, not '${host}'. Elsewhere the page needs SAMPLEWISE_PUBLIC_URL.`;
}

/** The names of this machine are one another's. */
function refusalUnder(host: string, publicOrigin: string): string | undefined {
  const expected = new URL(publicOrigin);
  const port = (name: string): string => /:(\d+)$/.exec(name)?.[1] ?? '';
  if (host.toLowerCase() === expected.host) return undefined;
  if (isLocal(expected.host) && isLocal(host) && port(host) === port(expected.host)) return undefined;
  return `The host must be ${expected.host}, not '${host}'.`;
}
