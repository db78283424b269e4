import type { NextFunction, Request, Response } from 'express';
import { decide, isUnbounded, mayUpload, outsideBin, type Verdict } from '../auth/policy.ts';
import { refusalOf } from '../auth/refusal.ts';
import { locateOne } from '../auth/resources.ts';
import { mayReadBlob } from '../auth/blobs.ts';
import type { Services } from '../context.ts';
import { isGlobalId, decodeGlobalId } from '../global-id.ts';
import { actorOf } from './access.ts';

const STATUS = { UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404 } as const;

/**
 * Who may use the routes beside GraphQL, whose fields ask for themselves. A path such as /runs/Run_1/logs asks for the
 * thing that it names: GET reads, the rest writes, to leaderboards submits. What follows is within that thing, files' own names among it. A route
 * of which nothing is known here is for the server's operator alone.
 */
export function guard(services: Pick<Services, 'database'>) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const [first = '', second = ''] = request.path.split('/').slice(1);
    const about = await verdictOn(services, request, response, first, second);
    if (about.verdict === 'allowed') {
      next();
      return;
    }
    const { code, message } = refusalOf(about.verdict, about);
    const status = STATUS[code as keyof typeof STATUS];
    // What is left of the body is not read.
    response
      .set('connection', 'close')
      .status(status)
      .json({ errors: [{ message, extensions: { code } }] });
  };
}

interface About {
  verdict: Verdict;
  typename: string;
}

async function verdictOn(
  services: Pick<Services, 'database'>,
  request: Request,
  response: Response,
  first: string,
  second: string,
): Promise<About> {
  const actor = actorOf(response);
  if (isGlobalId(second)) {
    const id = decodeGlobalId(second);
    const changes = first === 'leaderboards' ? 'submit' : 'write';
    const action = ['GET', 'HEAD'].includes(request.method) ? 'read' : changes;
    return { verdict: decide(actor, action, outsideBin(await locateOne(services, id))), typename: id.typename };
  }
  if (isUnbounded(actor) || first === 'graphql') return { verdict: 'allowed', typename: 'Route' };
  if (first === 'uploads') return { verdict: mayUpload(actor), typename: 'Upload' };
  if (first === 'blobs') return { verdict: await mayReadBlob(services, actor, second), typename: 'Blob' };
  return { verdict: decide(actor, 'read', undefined), typename: 'Route' };
}
