import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { expressMiddleware } from '@as-integrations/express5';
import { PothosValidationError } from '@pothos/core';
import { InvalidInput } from '@samplewise/domain';
import express, { type NextFunction, type Request, type Response } from 'express';
import { GraphQLError, specifiedRules, validate, type GraphQLFormattedError } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/express';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from './config.ts';
import { isTaken } from './conflicts.ts';
import type { Context, Services } from './context.ts';
import { access, actorOf } from './http/access.ts';
import { blobRoutes } from './http/blobs.ts';
import { healthRoutes } from './http/health.ts';
import { costOf, limits, refuse } from './http/limits.ts';
import { knownOperations } from './http/operations.ts';
import { predictionExportRoutes } from './http/prediction-exports.ts';
import { predictionFileRoutes } from './http/prediction-files.ts';
import { uploadRoutes } from './http/uploads.ts';
import { flawOfJson } from './limits/json.ts';
import { LIMITS } from './limits/limits.ts';
import { beyond } from './limits/refusal.ts';
import { readManifests } from './operations/manifest.ts';
import { schema } from './schema/index.ts';

/** Characters of a message: it may quote what it refuses. */
const MESSAGE_LIMIT = 1000;

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
  config: Pick<Config, 'host' | 'port' | 'token' | 'production' | 'onlyKnownOperations' | 'operationManifests'>,
): Promise<RunningServer> {
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
    formatError: formatError(services, config.production),
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
  app.use(access(config.token));
  app.use(blobRoutes(services));
  app.use(uploadRoutes(services));
  app.use(predictionFileRoutes(services));
  app.use(predictionExportRoutes(services));
  const format = formatError(services, config.production);
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
  const known = knownOperations(readManifests(config.operationManifests), config.onlyKnownOperations);
  app.use('/graphql/stream', readBody, known, limits(schema));
  app.use('/graphql/stream', stream as (request: Request, response: Response) => Promise<void>);
  app.use(
    '/graphql',
    readBody,
    known,
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
function formatted(error: GraphQLError, format: ReturnType<typeof formatError>): GraphQLError {
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

/** Expected errors pass; anything else is logged under an id and, in production, shown only by that id. */
function formatError({ log }: Pick<Services, 'log'>, production: boolean) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const cause = unwrapResolverError(error);
    const short = { ...formatted, message: formatted.message.slice(0, MESSAGE_LIMIT) };
    if (cause instanceof InvalidInput) {
      return { ...short, message: cause.message, extensions: { code: 'BAD_USER_INPUT', problems: cause.problems } };
    }
    // Of arguments that the schema's types can't express, such as cursors and negative pages.
    if (cause instanceof PothosValidationError) return { ...short, extensions: { code: 'BAD_USER_INPUT' } };
    if (isOutOfRange(cause)) {
      log.warn({ error: cause.message, path: formatted.path }, 'a number that no column can hold');
      const message = 'A number is too large or too small for what it is compared with.';
      return { ...short, message, extensions: { code: 'BAD_USER_INPUT' } };
    }
    if (isTaken(cause)) {
      log.warn({ error: cause.message, path: formatted.path }, 'two at once wanted the same name');
      const message = 'There is one like it already, made at the same moment.';
      return { ...short, message, extensions: { code: 'BAD_USER_INPUT' } };
    }
    if (cause instanceof GraphQLError) return short;
    const requestId = randomUUID();
    log.error(
      { requestId, error: cause instanceof Error ? cause.stack : cause, path: formatted.path },
      'unexpected error',
    );
    const message = production ? `Something went wrong here. Please report it with ${requestId}.` : short.message;
    return { ...short, message, extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } };
  };
}

/** Prisma's and Postgres' codes of numbers that their column can't hold: a 32-bit label, a cursor beyond 63 bits. */
const OUT_OF_RANGE: unknown[] = ['P2020', 'P2033', '22003'];

const isOutOfRange = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && OUT_OF_RANGE.includes(error.code);

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
    const status = error.status !== undefined && error.status >= 400 && error.status < 500 ? error.status : 500;
    if (status === 500) log.error({ error: error.stack, path: request.path }, 'unexpected error');
    const [message, code] =
      status === 500
        ? ['Something went wrong here.', 'INTERNAL_SERVER_ERROR']
        : [error.message.slice(0, MESSAGE_LIMIT), 'BAD_REQUEST'];
    response.status(status).json({ errors: [{ message, extensions: { code } }] });
  };
}
