/** Characters of an answer that are kept. */
const LIMIT = 10_000;

/** An answer as it is stored: shortened, and without what Postgres can't hold. */
export const keep = (text: string): string => text.replaceAll('\0', '\uFFFD').slice(0, LIMIT).toWellFormed();
