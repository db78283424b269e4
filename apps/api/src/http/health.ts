import { Router } from 'express';
import type { Services } from '../context.ts';

/** GET /health: 200 while the database answers. Needs no token, and tells nothing but this. */
export function healthRoutes({ database, log }: Pick<Services, 'database' | 'log'>): Router {
  const router = Router();
  router.get('/health', async (_request, response) => {
    try {
      await database.pool.query('SELECT 1');
      response.json({ status: 'ok' });
    } catch (error) {
      log.warn({ error: (error as Error).message }, 'the database does not answer');
      response.status(503).json({ status: 'the database does not answer' });
    }
  });
  return router;
}
