import { complexityFromQuery } from '@pothos/plugin-complexity';
import { InvalidInput } from '@samplewise/domain';
import {
  getOperationAST,
  GraphQLError,
  Kind,
  parse,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type TypeNode,
} from 'graphql';
import { LIMITS } from './limits.ts';
import { beyond } from './refusal.ts';
import { Shapes } from './shape.ts';
import { flawOfDocument, flawOfVariables } from './texts.ts';

/** What an operation costs, told in the `extensions` of its answer. None where it is not known. */
export interface Cost {
  /** Fields, times the lengths of the lists around them. */
  requested: number | null;
  limit: number;
  depth: number | null;
  depthLimit: number;
  breadth: number | null;
  breadthLimit: number;
}

export interface Assessment {
  cost: Cost;
  refused?: GraphQLError;
}

/** As it comes from outside. */
export interface Asked {
  query?: unknown;
  variables?: unknown;
  operationName?: unknown;
}

/**
 * Decides whether a request is small and clean enough to be validated and executed. Requests that are wrong in another
 * way mostly pass: who validates and executes them says what is wrong.
 */
export function assess(schema: GraphQLSchema, { query, variables, operationName }: Asked): Assessment {
  const cost: Cost = {
    requested: null,
    limit: LIMITS.complexity,
    depth: null,
    depthLimit: LIMITS.depth,
    breadth: null,
    breadthLimit: LIMITS.breadth,
  };
  const refuse = (refused: GraphQLError | undefined): Assessment => (refused ? { cost, refused } : { cost });
  if (typeof query !== 'string' || query === '')
    return refuse(badRequest('A request needs a `query`, which is a text.'));
  if (query.length > LIMITS.characters) return refuse(beyond('characters', query.length));
  const document = parsed(query);
  if (document instanceof GraphQLError) return refuse(document);

  const given = typeof variables === 'object' && variables !== null ? variables : {};
  const flaw = flawOfVariables(given) ?? flawOfDocument(document);
  if (flaw) return refuse(flaw);

  const operation = getOperationAST(document, typeof operationName === 'string' ? operationName : undefined);
  const shapes = new Shapes(document);
  // Validation reads all definitions, used or not.
  for (const definition of document.definitions) {
    if (!('selectionSet' in definition)) continue;
    const shape = shapes.of(definition.selectionSet);
    if (definition === operation) Object.assign(cost, { depth: finite(shape.depth), breadth: finite(shape.breadth) });
    for (const limit of ['depth', 'breadth', 'aliases', 'introspection'] as const) {
      if (shape[limit] > LIMITS[limit]) return refuse(beyond(limit, shape[limit]));
    }
  }
  if (!operation) return refuse(noOperation(operationName));
  if (shapes.circular) return { cost };
  const ids = longestIds(operation, given as Record<string, unknown>);
  if (ids > LIMITS.ids) return refuse(beyond('ids', ids));
  const complexity = complexityOf(schema, document, operation, given as Record<string, unknown>);
  if (complexity === undefined) return { cost };
  cost.requested = finite(complexity);
  return refuse(complexity > LIMITS.complexity ? beyond('complexity', complexity) : undefined);
}

function parsed(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxLexicalTokens: LIMITS.tokens, noLocation: true });
  } catch (error) {
    // The parser calls itself for each level.
    if (error instanceof RangeError) return beyond('nesting');
    if (!(error instanceof GraphQLError)) throw error;
    if (/more tha[nt] \d+ tokens/.test(error.message)) return beyond('tokens');
    return new GraphQLError(error.message, {
      ...(error.source ? { source: error.source } : {}),
      ...(error.positions ? { positions: error.positions } : {}),
      extensions: { code: 'GRAPHQL_PARSE_FAILED', http: { status: 400 } },
    });
  }
}

/** How many ids the longest variable of ids has: each is taken apart before the operation's complexity is known. */
function longestIds({ variableDefinitions = [] }: OperationDefinitionNode, variables: Record<string, unknown>): number {
  const lengths = variableDefinitions
    .filter(({ type }) => namedType(type) === 'ID')
    .map(({ variable }) => variables[variable.name.value])
    .map((value) => (Array.isArray(value) ? value.length : 0));
  return Math.max(0, ...lengths);
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

/** @returns undefined where the operation is not valid, which is told by who validates it */
function complexityOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): number | undefined {
  const fragments = document.definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION);
  try {
    const of = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] } as const;
    return complexityFromQuery(of, { schema, ctx: {}, variables }).complexity;
  } catch (error) {
    if (error instanceof GraphQLError || error instanceof InvalidInput) return undefined;
    throw error;
  }
}

const badRequest = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });

function noOperation(name: unknown): GraphQLError {
  return new GraphQLError(
    typeof name === 'string'
      ? `The document has no operation '${name.slice(0, 100)}'.`
      : 'The document has none or several operations: say which by `operationName`.',
    { extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } } },
  );
}

const finite = (n: number): number => Math.min(n, Number.MAX_SAFE_INTEGER);
