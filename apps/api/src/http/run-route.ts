import type { Request, Response } from 'express';
import type { Services } from '../context.ts';
import { actorOf } from './access.ts';
import { refuse } from './packed-body.ts';

/** What routes below /runs/Run_1 are about. */
export interface RunOfRoute {
  id: bigint;
  projectId: bigint;
}

/**
 * The run that the path names, for whoever may read it.
 * @returns undefined when there is none; then that has been answered
 */
export async function readableRun(
  { database }: Pick<Services, 'database'>,
  request: Request<{ id: string }>,
  response: Response,
): Promise<RunOfRoute | undefined> {
  // Whoever is let in may read everything; that the actor is there shows that the access check has been passed.
  actorOf(response);
  const id = /^Run_([1-9]\d{0,17})$/.exec(request.params.id)?.[1];
  const run =
    id === undefined
      ? null
      : await database.prisma.run.findFirst({
          where: { id: BigInt(id), deletedAt: null },
          select: { id: true, projectId: true },
        });
  if (run) return run;
  refuse(response, 404, `There is no run ${request.params.id.slice(0, 80)}.`);
  return undefined;
}
