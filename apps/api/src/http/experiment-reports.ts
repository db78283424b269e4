import { InvalidInput, type ExperimentReport } from '@samplewise/domain';
import { experimentHtml, experimentLatex, experimentMarkdown } from '@samplewise/reports';
import { Router, type Response } from 'express';
import { hiddenSplitsOf } from '../auth/labels/hidden-splits.ts';
import { labelsAreHidden } from '../auth/labels/refusal.ts';
import type { Services } from '../context.ts';
import { actorOf } from './access.ts';
import { pageOf } from './page-of.ts';
import { reportOfExperiment, type DigestedReport } from '../reports/experiment-report.ts';

interface Format {
  type: string;
  render(report: DigestedReport, page: string | undefined, storage: Services['storage']): string | Promise<string>;
}

const FORMATS: Readonly<Record<string, Format>> = {
  json: {
    type: 'application/json; charset=utf-8',
    render: ({ digest, document }) => JSON.stringify({ digest, document }),
  },
  md: { type: 'text/markdown; charset=utf-8', render: (report, page) => experimentMarkdown(report, { page }) },
  tex: { type: 'application/x-tex; charset=utf-8', render: (report) => experimentLatex(report) },
  html: {
    type: 'text/html; charset=utf-8',
    render: async (report, page, storage) =>
      experimentHtml(report, { page, pictures: await picturesOf(report.document, storage) }),
  },
};

/**
 * GET /experiments/Experiment_1/report.html, .md, .tex or .json: what came of an experiment, computed from stored
 * predictions. `?page=https://evaluate.example` makes links to the runs and samples there, `?page=` within one origin.
 */
export function experimentReportRoutes(services: Pick<Services, 'database' | 'storage'>): Router {
  const router = Router();
  router.get('/experiments/:id/report.:format', async (request, response) => {
    const id = /^Experiment_([1-9]\d{0,17})$/.exec(request.params.id)?.[1];
    const format = Object.hasOwn(FORMATS, request.params.format) ? FORMATS[request.params.format] : undefined;
    const page = pageOf(request);
    if (page === 'refused') {
      const message = '`page` must be the address of the page, such as https://evaluate.example, or empty.';
      response.status(400).json({ errors: [{ message, extensions: { code: 'INVALID_VALUE' } }] });
      return;
    }
    try {
      await mayBeTold(services, response, BigInt(id ?? 0));
      const report = id && format ? await reportOfExperiment(services, BigInt(id)) : undefined;
      if (!report || !format) {
        const message = `There is no report at ${request.path.slice(0, 200)}. An experiment without a dataset version has none.`;
        response.status(404).json({ errors: [{ message, extensions: { code: 'NOT_FOUND' } }] });
        return;
      }
      response.set({
        'content-type': format.type,
        'cache-control': 'private, no-cache',
        etag: `"${report.digest.slice(0, 32)}-${request.params.format}"`,
        'x-content-type-options': 'nosniff',
        // Nothing of it runs or loads anything, wherever it is shown.
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
        'referrer-policy': 'no-referrer',
      });
      response.send(Buffer.from(await format.render(report, page, services.storage)));
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      const errors = error.problems.map(({ message, code, mend }) => ({
        message: mend === null ? message : `${message} ${mend}`,
        extensions: { code },
      }));
      response.status(422).json({ errors });
    }
  });
  return router;
}

/** A report tells of every label. @throws InvalidInput where some are hidden from who is asking */
async function mayBeTold(services: Pick<Services, 'database'>, response: Response, id: bigint): Promise<void> {
  const hidden = await hiddenSplitsOf(services, actorOf(response), 'Experiment', id);
  if (hidden.length > 0) throw labelsAreHidden('report', hidden);
}

/** The few pictures that a report shows, as it holds them. */
async function picturesOf({ audit }: ExperimentReport, storage: Services['storage']): Promise<Map<string, string>> {
  const digests = new Set((audit?.pairs ?? []).flatMap(({ tested, other }) => [tested.digest, other.digest]));
  const pictures = new Map<string, string>();
  for (const digest of digests) {
    const bytes = await storage.read(digest);
    if (bytes.length <= LARGEST_PICTURE)
      pictures.set(digest, `data:${typeOf(bytes)};base64,${bytes.toString('base64')}`);
  }
  return pictures;
}

/** A report is a file that people send; a photograph of megabytes says no more in it than its caption. */
const LARGEST_PICTURE = 200_000;

/** By its first bytes; samples are of these types alone. */
function typeOf(bytes: Buffer): string {
  if (bytes[0] === 0x89) return 'image/png';
  return bytes[0] === 0xff ? 'image/jpeg' : 'image/webp';
}
