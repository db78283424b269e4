/** Hosts under which a page of this machine is reached in local mode. */
const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Why a request may not pass; undefined when it may.
 * @param local without a token the page serves this machine only
 */
export function refusal(headers: Headers, local: boolean): string | undefined {
  const host = headers.get('host') ?? '';
  // A web site of strangers may resolve its own name to 127.0.0.1 (DNS rebinding); its requests carry that name.
  if (local && !LOCAL_NAMES.has(host.replace(/:\d+$/, '').toLowerCase())) {
    return `In local mode the host must be localhost, not '${host}'.`;
  }
  const origin = headers.get('origin');
  if (origin !== null && (!URL.canParse(origin) || new URL(origin).host !== host)) {
    return `Pages of '${origin}' may not call this one.`;
  }
  return undefined;
}
