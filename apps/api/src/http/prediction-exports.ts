import { Router } from 'express';
import type { Services } from '../context.ts';
import { hiddenSplitsOf } from '../auth/labels/hidden-splits.ts';
import { WRITERS } from '../runs/export/formats.ts';
import { exportedRows, runOfExport } from '../runs/export/read-rows.ts';
import { actorOf } from './access.ts';
import { FORMATS } from './prediction-files.ts';

/** Each holds a connection of the database until its reader has everything. */
const EXPORTS_AT_ONCE = 4;
/** A reader that takes nothing for so long is cut off. */
const STALLED_MILLISECONDS = 60_000;

/**
 * GET /runs/Run_1/predictions.csv, .ndjson or .parquet: all predictions of a run with their samples, as they come from
 * the database. Columns are those that POST /runs/Run_1/predictions takes. Hidden labels are left out.
 */
export function predictionExportRoutes({ database, log }: Pick<Services, 'database' | 'log'>): Router {
  const router = Router();
  let running = 0;
  router.get('/runs/:id/predictions.:format', async (request, response) => {
    const { id: given, format } = request.params;
    const id = /^Run_([1-9]\d{0,17})$/.exec(given)?.[1];
    const [type, known] = Object.entries(FORMATS).find(([, name]) => name === format) ?? [];
    const run = id === undefined || known === undefined ? undefined : await runOfExport(database, BigInt(id));
    if (type === undefined || known === undefined || !run) {
      const message = `There are no predictions at ${request.path.slice(0, 200)}.`;
      response.status(404).json({ errors: [{ message, extensions: { code: 'NOT_FOUND' } }] });
      return;
    }
    if (running >= EXPORTS_AT_ONCE) {
      const message = `${EXPORTS_AT_ONCE} exports are running. Ask again in a while.`;
      response
        .status(503)
        .set('retry-after', '10')
        .json({ errors: [{ message, extensions: { code: 'BUSY' } }] });
      return;
    }
    running++;
    response.setTimeout(STALLED_MILLISECONDS, () => response.destroy());
    response.set({
      'content-type': type,
      'content-disposition': `attachment; filename="Run_${run.id}.${known}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    try {
      const hidden = await hiddenSplitsOf({ database }, actorOf(response), 'Run', run.id);
      await WRITERS[known](exportedRows(database, run, hidden), run, response);
    } catch (error) {
      // A cut connection is all that can be said once the answer has begun.
      response.destroy();
      if (!request.destroyed) log.error({ error: error instanceof Error ? error.stack : error }, 'an export failed');
    } finally {
      running--;
    }
  });
  return router;
}
