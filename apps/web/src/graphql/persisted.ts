import { persistedExchange } from '@urql/exchange-persisted';

/** The SHA-256 under which the API knows a document of this build; codegen.ts writes it into each. */
export function operationDigest(document: object): string | undefined {
  const { hash } = (document as { __meta__?: { hash?: string } }).__meta__ ?? {};
  return hash?.replace(/^sha256:/, '');
}

/** Sends digests instead of texts; an API that is of another build, and does not know one, then gets the text. */
export const byDigest = persistedExchange({
  enableForMutation: true,
  preferGetForPersistedQueries: false,
  generateHash: (_text, document) => Promise.resolve(operationDigest(document) ?? ''),
});
