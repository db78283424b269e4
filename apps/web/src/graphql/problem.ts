/** What keeps a page from being made, as the API says it. */
export interface PageProblem {
  /** Such as FORBIDDEN; UNAVAILABLE where the API does not answer. */
  code: string;
  message: string;
}

const MARK = 'samplewise:';

/**
 * An error of a server component. Next hides its message from the browser, but not its digest; what the API says is
 * meant for people.
 */
export class PageError extends Error {
  readonly code: string;
  readonly digest: string;

  constructor({ code, message }: PageProblem) {
    super(message);
    this.name = 'PageError';
    this.code = code;
    this.digest = `${MARK}${code}:${message}`;
  }
}

/** What a digest tells; undefined for errors that are none of ours. */
export function problemOfDigest(digest: string | undefined): PageProblem | undefined {
  if (!digest?.startsWith(MARK)) return undefined;
  const [, code = '', message = ''] = /^samplewise:([A-Z_]*):(.*)$/s.exec(digest) ?? [];
  return { code, message };
}
