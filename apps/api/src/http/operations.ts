import { GraphQLError } from 'graphql';
import type { NextFunction, Request, Response } from 'express';
import type { Manifest } from '../operations/manifest.ts';
import { resolveOperation, type AskedById } from '../operations/resolve.ts';
import { refuse } from './limits.ts';

/** The page's server says by this header that it hands on what a browser has asked, whatever it adds to it. */
const FROM_A_PAGE = 'x-samplewise-page';

/**
 * Puts the text in the place of an operation's id, before the limits are looked at: they hold for both.
 * @param onlyKnown pages may run nothing but what the manifest has; programs, which send a token, may
 */
export function knownOperations(manifest: Manifest, onlyKnown: boolean) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const byAddress = request.method === 'GET';
    const body = request.body as (AskedById & object) | null | undefined;
    // Whatever else it is, the limits refuse it.
    if (!byAddress && (typeof body !== 'object' || body === null || Array.isArray(body))) {
      next();
      return;
    }
    // An address is executed as it stands, so that only its text counts.
    const asked: AskedById = byAddress ? { query: request.query.query } : body!;
    const found = resolveOperation(asked, manifest, onlyKnown && isFromPage(request));
    if (found instanceof GraphQLError) {
      refuse(response, found);
      return;
    }
    if (!byAddress) {
      asked.query = found;
      // Apollo Server would look it up itself.
      if (typeof asked.extensions === 'object' && asked.extensions !== null && 'persistedQuery' in asked.extensions) {
        delete asked.extensions.persistedQuery;
      }
    }
    next();
  };
}

const isFromPage = ({ headers }: Request): boolean =>
  headers.authorization === undefined || headers[FROM_A_PAGE] !== undefined;
