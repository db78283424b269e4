import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import { StorageFull } from '@samplewise/storage';
import express, { type NextFunction, type Request, type Response } from 'express';
import { GraphQLError, specifiedRules, validate } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/express';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AUTH_PATH, openAccounts } from './auth/accounts.ts';
import type { Config } from './config.ts';
import type { Context, Services } from './context.ts';
import { access, known } from './http/access.ts';
import { artifactRoutes } from './http/artifacts.ts';
import { blobRoutes } from './http/blobs.ts';
import { experimentReportRoutes } from './http/experiment-reports.ts';
import { AWAY_MESSAGE, formatError, isAway, MESSAGE_LIMIT, type FormatError } from './http/format-error.ts';
import { guard } from './http/guard.ts';
import { healthRoutes } from './http/health.ts';
import { costOf, limits, refuse } from './http/limits.ts';
import { logRoutes } from './http/logs.ts';
import { knownOperations } from './http/operations.ts';
import { predictionExportRoutes } from './http/prediction-exports.ts';
import { predictionFileRoutes } from './http/prediction-files.ts';
import { leaderboardFileRoutes } from './http/leaderboard-files.ts';
import { publicLeaderboardRoutes } from './http/public-leaderboards.ts';
import { resumableUploadRoutes } from './http/resumable-uploads.ts';
import { submissionRoutes } from './http/submissions.ts';
import { uploadRoutes } from './http/uploads.ts';
import { flawOfJson } from './limits/json.ts';
import { LIMITS } from './limits/limits.ts';
import { beyond } from './limits/refusal.ts';
import { readManifests } from './operations/manifest.ts';
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
export async function startServer(services: Services, config: Config): Promise<RunningServer> {
  const format = formatError(services, config.production);
  const app = express();
  const http = createServer(app);
  const apollo = new ApolloServer<Context>({
    schema,
    csrfPrevention: true,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    // http/operations.ts has put the text in the place of an id, before the limits were looked at.
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
    ...known(response),
    accounts: config.accounts,
    cost: costOf(response),
  });
  const readBody = express.json({ limit: LIMITS.body, verify: lookOver });
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustedProxies);
  app.use(healthRoutes(services));
  app.use('/graphql', refuseLargeBodies);
  app.use(publicLeaderboardRoutes(services));
  const accounts = config.accounts && openAccounts(services, config.accounts);
  if (accounts) app.all(`${AUTH_PATH}/*path`, accounts.handler);
  app.use(access({ pool: services.database.pool, token: config.token, accounts }), guard(services));
  app.use(blobRoutes(services));
  app.use(resumableUploadRoutes(services, config.uploadBytes));
  app.use(uploadRoutes(services, config.uploadBytes));
  app.use(predictionFileRoutes(services));
  app.use(submissionRoutes(services));
  app.use(logRoutes(services));
  app.use(artifactRoutes(services));
  app.use(predictionExportRoutes(services));
  app.use(experimentReportRoutes(services));
  app.use(leaderboardFileRoutes(services));
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
  const operations = knownOperations(readManifests(config.operationManifests), config.onlyKnownOperations);
  app.use('/graphql/stream', readBody, operations, limits(schema));
  app.use('/graphql/stream', stream as (request: Request, response: Response) => Promise<void>);
  app.use(
    '/graphql',
    readBody,
    operations,
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

/** What says beforehand that it is too large is refused before anything else is asked or read. */
function refuseLargeBodies(request: Request, response: Response, next: NextFunction): void {
  const length = Number(request.headers['content-length'] ?? 0);
  if (length <= LIMITS.body) {
    next();
    return;
  }
  // What comes of it is read and thrown away: a client whose connection is closed while it sends may not see why.
  refuse(response, beyond('body', length));
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
    if (error instanceof StorageFull) {
      log.error({ path: request.path }, error.message);
      const extensions = { code: 'STORAGE_FULL' };
      response
        .status(507)
        .set('connection', 'close')
        .json({ errors: [{ message: error.message, extensions }] });
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
