import type { NextFunction, Request, Response } from 'express';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import { assess, type Asked, type Cost } from '../limits/assess.ts';
import { beyond } from '../limits/refusal.ts';

/** Refuses operations beyond the limits before they are validated, and tells the rest of the request what they cost. */
export function limits(schema: GraphQLSchema) {
  return (request: Request, response: Response<unknown, { cost?: Cost }>, next: NextFunction): void => {
    const asked: unknown = request.method === 'GET' ? askedByAddress(request) : request.body;
    if (Array.isArray(asked)) {
      refuse(response, beyond('operations', asked.length));
      return;
    }
    const { cost, refused } = assess(schema, asked ?? {});
    if (refused) {
      refuse(response, refused, cost);
      return;
    }
    response.locals.cost = cost;
    next();
  };
}

export const costOf = (response: Response): Cost | undefined => (response.locals as { cost?: Cost }).cost;

function askedByAddress({ query }: Request): Asked {
  const { variables } = query;
  return { ...query, variables: typeof variables === 'string' ? objectIn(variables) : undefined };
}

/** @returns undefined where it is not JSON, which is told by who executes it */
function objectIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** @param error its `extensions.http` says the status */
export function refuse(response: Response, error: GraphQLError, cost?: Cost): void {
  const { http, ...extensions } = error.extensions as { http: { status: number } };
  const errors = [{ ...error.toJSON(), extensions }];
  response.status(http.status).json({ errors, ...(cost ? { extensions: { cost } } : {}) });
}
