/** The cookies by which the API knows somebody; others of this host are none of its business. */
const OURS = /^(?:__Secure-)?samplewise\./;

/** Of a browser's cookies those of the session; undefined where there are none. */
export function sessionOf(cookies: string | null | undefined): string | undefined {
  const ours = (cookies ?? '')
    .split(';')
    .map((cookie) => cookie.trim())
    .filter((cookie) => OURS.test(cookie));
  return ours.length === 0 ? undefined : ours.join('; ');
}
