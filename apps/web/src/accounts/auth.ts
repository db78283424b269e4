'use client';

/** What /auth answers: done, or why not, in words for the person who asks. */
export type AuthAnswer = { data: Record<string, unknown> } | { refused: string };

/** By better-auth's codes; what has none is told in its own words. */
const WORDS: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: 'There is no account with this email and password.',
  INVALID_PASSWORD: 'That is not the present password.',
  USER_ALREADY_EXISTS: 'There is an account with this email already. Sign in instead.',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'There is an account with this email already. Sign in instead.',
  PASSWORD_TOO_SHORT: 'The password needs at least 12 characters.',
  PASSWORD_TOO_LONG: 'The password may have at most 128 characters.',
  INVALID_EMAIL: 'That is not an email address.',
};

/** Asks what answers people's sign-ins; the session is a cookie, which comes and goes with the answer. */
export async function askAuth(path: string, body?: object): Promise<AuthAnswer> {
  try {
    const response = await fetch(`/auth/${path}`, {
      method: body ? 'POST' : 'GET',
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (response.status === 429) return { refused: tooMany(response.headers.get('x-retry-after')) };
    const data = (await response.json()) as Record<string, unknown> | null;
    if (response.ok) return { data: data ?? {} };
    const { code, message } = data ?? {};
    const known = typeof code === 'string' ? WORDS[code] : undefined;
    return { refused: known ?? (typeof message === 'string' ? message : 'That did not work.') };
  } catch {
    return { refused: 'The server does not answer. Try again in a moment.' };
  }
}

const tooMany = (seconds: string | null): string => `Too many attempts. Try again in ${seconds ?? 'a few'} seconds.`;
