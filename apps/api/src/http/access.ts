import type { NextFunction, Request, Response } from 'express';
import { identify, type Doors } from '../auth/identify.ts';
import type { Actor } from '../auth/policy.ts';

interface Locals {
  actor?: Actor;
  identifyAgain?: () => Promise<Actor | undefined>;
}

/** Refuses whose credentials are none, and tells the rest of the request who is asking. */
export function access(doors: Doors) {
  return async (request: Request, response: Response<unknown, Locals>, next: NextFunction): Promise<void> => {
    const decision = await identify(request.headers, doors);
    if ('actor' in decision) {
      response.locals.actor = decision.actor;
      response.locals.identifyAgain = async () => {
        const again = await identify(request.headers, doors);
        return 'actor' in again ? again.actor : undefined;
      };
      next();
      return;
    }
    const code = decision.refused === 401 ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    response.status(decision.refused).json({ errors: [{ message: decision.reason, extensions: { code } }] });
  };
}

export const actorOf = (response: Response): Actor => known(response).actor;

/** The part of a resolver's context that says who is asking. */
export function known(response: Response): Required<Locals> {
  const { actor, identifyAgain } = response.locals as Locals;
  if (!actor || !identifyAgain) throw new Error('a route was reached without the access check');
  return { actor, identifyAgain };
}
