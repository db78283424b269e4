import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type NextFunction, type Request, type Response } from 'express';
import { GraphQLError, specifiedRules, validate } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/express';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from './config.ts';
import type { Context, Services } from './context.ts';
import { access, actorOf } from './http/access.ts';
import { blobRoutes } from './http/blobs.ts';
import { AWAY_MESSAGE, formatError, isAway, MESSAGE_LIMIT, type FormatError } from './http/format-error.ts';
import { healthRoutes } from './http/health.ts';
import { costOf, limits, refuse } from './http/limits.ts';
import { predictionFileRoutes } from './http/prediction-files.ts';
import { publicLeaderboardRoutes } from './http/public-leaderboards.ts';
import { uploadRoutes } from './http/uploads.ts';
import { flawOfJson } from './limits/json.ts';
import { LIMITS } from './limits/limits.ts';
import { beyond } from './limits/refusal.ts';
import { schema } from './schema/index.ts';

/** Of one document, so that an answer is not much larger than what it refuses. */
const MAX_ERRORS = 10;

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
  const format = formatError(services, config.production);
  const app = express();
  const http = createServer(app);
  const apollo = new ApolloServer<Context>({
    schema,
    csrfPrevention: true,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    // Operations that are known by their digest alone would pass the limits.
    persistedQueries: false,
    validationOptions: { maxErrors: MAX_ERRORS },
    parseOptions: { maxLexicalTokens: LIMITS.tokens },
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false, // main.ts stops everything in order
    formatError: format,
    plugins: [tellCost],
  });
  await apollo.start();

  const contextOf = (response: Response): Context => ({
    ...services,
    actor: actorOf(response),
    cost: costOf(response),
  });
  const readBody = express.json({ limit: LIMITS.body, verify: lookOver });
  app.disable('x-powered-by');
  app.use(healthRoutes(services));
  app.use(publicLeaderboardRoutes(services));
  app.use(access(config.token));
  app.use(blobRoutes(services));
  app.use(uploadRoutes(services));
  app.use(predictionFileRoutes(services));
  const stream = createHandler<Record<PropertyKey, unknown> & Context>({
    schema,
    // Streams that are reserved beforehand would be kept until somebody connects to them.
    authenticate: () => null,
    validate: (schema, document) => validate(schema, document, specifiedRules, { maxErrors: MAX_ERRORS }).map(invalid),
    context: (request) => ({ ...contextOf(request.context.res) }),
    onNext: (context, _request, result) => ({
      ...result,
      ...(result.errors ? { errors: result.errors.map((e) => formatted(e, format)) } : {}),
      extensions: { ...result.extensions, cost: context.cost },
    }),
  });
  app.use('/graphql/stream', stopForeignPages, (_request, response, next) => {
    // Proxies and compressors must hand each event on as it comes.
    response.setHeader('cache-control', 'no-cache, no-transform');
    next();
  });
  app.use('/graphql/stream', readBody, limits(schema));
  app.use('/graphql/stream', stream as (request: Request, response: Response) => Promise<void>);
  app.use(
    '/graphql',
    readBody,
    limits(schema),
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

/** Every answer says what its operation cost. */
const tellCost: ApolloServerPlugin<Context> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ response: { body }, contextValue: { cost } }) => {
        if (body.kind === 'single' && cost) {
          body.singleResult.extensions = { ...body.singleResult.extensions, cost };
        }
        return Promise.resolve();
      },
    }),
};

/** An error of a stream as it may be shown. Those without a path were found in the variables. */
function formatted(error: GraphQLError, format: FormatError): GraphQLError {
  const code = error.path ? 'INTERNAL_SERVER_ERROR' : 'BAD_USER_INPUT';
  const { message, extensions, path } = format(error.toJSON(), error);
  return new GraphQLError(message, { ...(path ? { path } : {}), extensions: { code, ...extensions } });
}

function invalid({ message, nodes }: GraphQLError): GraphQLError {
  return new GraphQLError(message, { nodes: nodes ?? null, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
}

function lookOver(_request: unknown, _response: unknown, body: Buffer): void {
  const flaw = flawOfJson(body);
  if (flaw) throw flaw;
}

/** What csrfPrevention does for queries: a simple request, which any page can make a browser send, is refused. */
function stopForeignPages(request: Request, response: Response, next: NextFunction): void {
  if (request.method === 'POST' && !request.is('application/json')) {
    const extensions = { code: 'BAD_REQUEST' };
    response.status(415).json({ errors: [{ message: 'Send subscriptions as application/json.', extensions }] });
    return;
  }
  next();
}

function notFound(request: Request, response: Response): void {
  const message = `There is nothing at ${request.method} ${request.path.slice(0, 200)}.`;
  response.status(404).json({ errors: [{ message, extensions: { code: 'NOT_FOUND' } }] });
}

function unexpected({ log }: Pick<Services, 'log'>) {
  return (
    error: Error & { status?: number; type?: string; length?: number },
    request: Request,
    response: Response,
    next: NextFunction,
  ): void => {
    if (response.headersSent) {
      next(error);
      return;
    }
    if (error.type === 'entity.too.large' || error instanceof GraphQLError) {
      refuse(response, error instanceof GraphQLError ? error : beyond('body', error.length));
      return;
    }
    if (isAway(error)) {
      log.warn({ error: error.message, path: request.path }, 'the database does not answer');
      response.status(503).json({ errors: [{ message: AWAY_MESSAGE, extensions: { code: 'UNAVAILABLE' } }] });
      return;
    }
    const status = error.status !== undefined && error.status >= 400 && error.status < 500 ? error.status : 500;
    if (status === 500) log.error({ error: error.stack, path: request.path }, 'unexpected error');
    const [message, code] =
      status === 500
        ? ['Something went wrong here.', 'INTERNAL_SERVER_ERROR']
        : [error.message.slice(0, MESSAGE_LIMIT), 'BAD_REQUEST'];
    response.status(status).json({ errors: [{ message, extensions: { code } }] });
  };
}
