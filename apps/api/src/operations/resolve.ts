import { GraphQLError } from 'graphql';
import { bareDigest, digestOf, type Manifest } from './manifest.ts';

/** As it comes from outside. */
export interface AskedById {
  query?: unknown;
  /** `sha256:<digest>`, as GraphQL over HTTP has it. */
  documentId?: unknown;
  /** `persistedQuery: { version: 1, sha256Hash }`, as Apollo's clients have it. */
  extensions?: unknown;
}

/**
 * The text of the operation that is asked for: by its id, if the manifest knows it; else as it was sent.
 * @param onlyKnown refuses what the manifest does not know
 */
export function resolveOperation(asked: AskedById, manifest: Manifest, onlyKnown: boolean): unknown {
  const id = idOf(asked);
  const known = id === undefined ? undefined : manifest.get(bareDigest(id));
  if (known !== undefined) return known;
  const { query } = asked;
  if (id !== undefined && (query === undefined || query === null)) return notFound();
  if (onlyKnown && !(typeof query === 'string' && manifest.has(digestOf(query)))) return notAllowed();
  return query;
}

function idOf({ documentId, extensions }: AskedById): string | undefined {
  if (typeof documentId === 'string') return documentId;
  if (typeof extensions !== 'object' || extensions === null) return undefined;
  const { persistedQuery } = extensions as { persistedQuery?: { sha256Hash?: unknown } | null };
  return typeof persistedQuery?.sha256Hash === 'string' ? persistedQuery.sha256Hash : undefined;
}

/** The message is the one on which clients send the whole text instead. */
const notFound = (): GraphQLError =>
  new GraphQLError('PersistedQueryNotFound', {
    extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', http: { status: 200 } },
  });

const notAllowed = (): GraphQLError =>
  new GraphQLError("Only the page's own operations are answered here. Reload the page; programs send a token.", {
    extensions: { code: 'PERSISTED_QUERY_REQUIRED', http: { status: 403 } },
  });
