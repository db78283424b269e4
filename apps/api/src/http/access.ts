import type { NextFunction, Request, Response } from 'express';
import { identify, type Actor } from '../auth/policy.ts';

/** Refuses who may not in, and tells the rest of the request who is asking. */
export function access(token: string | undefined) {
  return (request: Request, response: Response<unknown, { actor?: Actor }>, next: NextFunction): void => {
    const decision = identify(request.headers, token);
    if ('actor' in decision) {
      response.locals.actor = decision.actor;
      next();
      return;
    }
    const code = decision.refused === 401 ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    response.status(decision.refused).json({ errors: [{ message: decision.reason, extensions: { code } }] });
  };
}

export function actorOf(response: Response): Actor {
  const actor = (response.locals as { actor?: Actor }).actor;
  if (!actor) throw new Error('a route was reached without the access check');
  return actor;
}
