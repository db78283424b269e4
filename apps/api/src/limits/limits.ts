/** What one request may ask for. Whatever is refused is refused with the limit's name, the limit and what was asked. */
export const LIMITS = {
  /** Bytes of a request's body, unpacked. */
  body: 10 * 1024 * 1024,
  /** Operations in one request: batches are refused. */
  operations: 1,
  /** Characters of a document: its tokens alone do not bound its strings. */
  characters: 200_000,
  /** Lexical tokens of a document: the web app's largest query has about 400. */
  tokens: 4000,
  /** Fields inside each other; a standard introspection has 15. */
  depth: 15,
  /** Fields, with each use of a fragment counted; a standard introspection has about 300. */
  breadth: 400,
  /** Fields under a name other than their own, with each use of a fragment counted. */
  aliases: 100,
  /** Directives in a document. */
  directives: 50,
  /** Fields that an introspection visits, lists taken as ten; a standard introspection has 51,863. */
  introspection: 60_000,
  /** Values in a body's JSON. */
  values: 1_000_000,
  /** Ids in a variable; the field `nodes` takes fewer. */
  ids: 1000,
  /** Lists and objects inside each other, in literals and in variables. */
  nesting: 32,
  /** Fields that an operation reads, times the lengths of the lists around them; the web app's largest has 230,000. */
  complexity: 500_000,
} as const;

export type LimitName = keyof typeof LIMITS;
