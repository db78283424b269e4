import { ApolloServer } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { expressMiddleware } from '@as-integrations/express5';
import { InvalidInput } from '@samplewise/domain';
import express, { type NextFunction, type Request, type Response } from 'express';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/express';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from './config.ts';
import type { Context, Services } from './context.ts';
import { access, actorOf } from './http/access.ts';
import { blobRoutes } from './http/blobs.ts';
import { healthRoutes } from './http/health.ts';
import { predictionFileRoutes } from './http/prediction-files.ts';
import { uploadRoutes } from './http/uploads.ts';
import { schema } from './schema/index.ts';

const BODY_LIMIT = '10mb';
/** Tokens of one document: the web app's largest query has about 400. Refused before anything is validated. */
const TOKEN_LIMIT = 4000;

/** What requests get to end before their connections are cut. */
const GRACE_MILLISECONDS = 1000;

export interface RunningServer {
  /** Such as http://127.0.0.1:4000 */
  url: string;
  close(): Promise<void>;
}

/** Listens; resolves when requests are answered. */
export async function startServer(
  services: Services,
  config: Pick<Config, 'host' | 'port' | 'token' | 'production'>,
): Promise<RunningServer> {
  const app = express();
  const http = createServer(app);
  const apollo = new ApolloServer<Context>({
    schema,
    csrfPrevention: true,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxLexicalTokens: TOKEN_LIMIT },
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false, // main.ts stops everything in order
    formatError: formatError(services, config.production),
  });
  await apollo.start();

  const contextOf = (response: Response): Context => ({ ...services, actor: actorOf(response) });
  app.disable('x-powered-by');
  app.use(healthRoutes(services));
  app.use(access(config.token));
  app.use(blobRoutes(services));
  app.use(uploadRoutes(services));
  app.use(predictionFileRoutes(services));
  const format = formatError(services, config.production);
  const stream = createHandler<Record<PropertyKey, unknown> & Context>({
    schema,
    context: (request) => ({ ...contextOf(request.context.res) }),
    onNext: (_context, _request, result) => ({
      ...result,
      ...(result.errors
        ? { errors: result.errors.map((e) => new GraphQLError(format(e.toJSON(), e).message, { path: e.path ?? [] })) }
        : {}),
    }),
  });
  app.use('/graphql/stream', stopForeignPages, (_request, response, next) => {
    // Proxies and compressors must hand each event on as it comes.
    response.setHeader('cache-control', 'no-cache, no-transform');
    next();
  });
  app.use('/graphql/stream', stream as (request: Request, response: Response) => Promise<void>);
  app.use(
    '/graphql',
    express.json({ limit: BODY_LIMIT }),
    expressMiddleware(apollo, { context: ({ res }) => Promise.resolve(contextOf(res)) }),
  );
  app.use(notFound);
  app.use(unexpected(services));

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(config.port, config.host, resolve);
  });
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    close: async () => {
      const closed = new Promise((resolve) => http.close(resolve));
      http.closeIdleConnections();
      // Subscriptions never end by themselves.
      const cut = setTimeout(() => {
        http.closeAllConnections();
      }, GRACE_MILLISECONDS);
      await closed;
      clearTimeout(cut);
      await apollo.stop();
    },
  };
}

/** Expected errors pass; anything else is logged under an id and, in production, shown only by that id. */
function formatError({ log }: Pick<Services, 'log'>, production: boolean) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const cause = unwrapResolverError(error);
    if (cause instanceof InvalidInput) {
      return { ...formatted, message: cause.message, extensions: { code: 'BAD_USER_INPUT', problems: cause.problems } };
    }
    if (cause instanceof GraphQLError) return formatted;
    const requestId = randomUUID();
    log.error(
      { requestId, error: cause instanceof Error ? cause.stack : cause, path: formatted.path },
      'unexpected error',
    );
    const message = production ? `Something went wrong here. Please report it with ${requestId}.` : formatted.message;
    return { ...formatted, message, extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } };
  };
}

/** What csrfPrevention does for queries: a simple request, which any page can make a browser send, is refused. */
function stopForeignPages(request: Request, response: Response, next: NextFunction): void {
  if (request.method === 'POST' && !request.is('application/json')) {
    response.status(415).json({ errors: [{ message: 'Send subscriptions as application/json.' }] });
    return;
  }
  next();
}

function notFound(request: Request, response: Response): void {
  response
    .status(404)
    .json({ errors: [{ message: `There is nothing at ${request.method} ${request.path.slice(0, 200)}.` }] });
}

function unexpected({ log }: Pick<Services, 'log'>) {
  return (error: Error & { status?: number }, request: Request, response: Response, next: NextFunction): void => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = error.status !== undefined && error.status >= 400 && error.status < 500 ? error.status : 500;
    if (status === 500) log.error({ error: error.stack, path: request.path }, 'unexpected error');
    response
      .status(status)
      .json({ errors: [{ message: status === 500 ? 'Something went wrong here.' : error.message }] });
  };
}
