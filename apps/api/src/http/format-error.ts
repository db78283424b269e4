import { unwrapResolverError } from '@apollo/server/errors';
import { PothosValidationError } from '@pothos/core';
import { InvalidInput } from '@samplewise/domain';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { randomUUID } from 'node:crypto';
import { isTaken } from '../conflicts.ts';
import type { Services } from '../context.ts';

/** Characters of a message: it may quote what it refuses. */
export const MESSAGE_LIMIT = 1000;

export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** Expected errors pass; anything else is logged under an id and, in production, shown only by that id. */
export function formatError({ log }: Pick<Services, 'log'>, production: boolean): FormatError {
  return (formatted, error) => {
    const cause = unwrapResolverError(error);
    const short = { ...formatted, message: formatted.message.slice(0, MESSAGE_LIMIT) };
    if (cause instanceof InvalidInput) {
      return { ...short, message: cause.message, extensions: { code: codeOf(cause), problems: cause.problems } };
    }
    // Of arguments that the schema's types can't express, such as cursors and negative pages.
    if (cause instanceof PothosValidationError) return { ...short, extensions: { code: 'BAD_USER_INPUT' } };
    if (isOutOfRange(cause)) {
      log.warn({ error: cause.message, path: formatted.path }, 'a number that no column can hold');
      const message = 'A number is too large or too small for what it is compared with.';
      return { ...short, message, extensions: { code: 'BAD_USER_INPUT' } };
    }
    if (isTaken(cause)) {
      log.warn({ error: cause.message, path: formatted.path }, 'two at once wanted the same name');
      const message = 'There is one like it already, made at the same moment.';
      return { ...short, message, extensions: { code: 'BAD_USER_INPUT' } };
    }
    if (isAway(cause)) {
      log.warn({ error: short.message, path: formatted.path }, 'the database does not answer');
      return { ...short, message: AWAY_MESSAGE, extensions: { code: 'UNAVAILABLE' } };
    }
    if (cause instanceof GraphQLError) return short;
    const requestId = randomUUID();
    log.error(
      { requestId, error: cause instanceof Error ? cause.stack : cause, path: formatted.path },
      'unexpected error',
    );
    const message = production ? `Something went wrong here. Please report it with ${requestId}.` : short.message;
    return { ...short, message, extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } };
  };
}

/** Prisma's and Postgres' codes of numbers that their column can't hold: a 32-bit label, a cursor beyond 63 bits. */
const OUT_OF_RANGE: unknown[] = ['P2020', 'P2033', '22003'];

/**
 * Codes of a database that can't be reached, is stopping, starting or full: of Prisma, of Postgres (classes 08 and 57P),
 * of the system. Nothing is known of a statement that was under way, which is why what is logged has batch ids.
 */
const AWAY = /^(?:P1001|P1002|P1008|P1017|P2024|P2037|08...|57P0[1-3]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/;
export const AWAY_MESSAGE = 'The database does not answer at the moment. The same request may be sent again.';
/** What node-postgres says without a code. */
const ENDED = /^(?:Connection terminated|timeout exceeded when trying to connect)/;

/** Clients tell by it whether to sign in. */
function codeOf({ problems: [{ code }] }: InvalidInput): string {
  return code === 'UNAUTHENTICATED' || code === 'FORBIDDEN' ? code : 'BAD_USER_INPUT';
}

const systemCode = (error: Error): unknown => ('code' in error ? error.code : undefined);

const isOutOfRange = (error: unknown): error is Error =>
  error instanceof Error && OUT_OF_RANGE.includes(systemCode(error));

/** Whether the database could not be reached, or went away. */
export const isAway = (error: unknown): boolean =>
  error instanceof Error && (AWAY.test(String(systemCode(error))) || ENDED.test(error.message));
