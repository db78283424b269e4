import { isInterfaceType, isObjectType, type GraphQLField, type GraphQLSchema } from 'graphql';
import type { Context } from '../context.ts';
import { needsIds } from './id-arguments.ts';
import type { Action, Resource } from './policy.ts';

/** What a field is about. */
export interface Subject {
  /** undefined: there is none. */
  resource: Resource | undefined;
  /** Its type, and where among the arguments it is named. */
  typename: string;
  place?: string;
  value?: string;
}

/** What a field asks of whoever asks for it. Entrances that say nothing are read, mutations written. */
export interface AccessRule<Args = Record<string, unknown>> {
  /**
   * What must be allowed on everything that the ids among its arguments name, on what `of` gives, and, of a field within
   * a type with ids, on the thing that it is a field of. It may depend on the arguments: to publish needs more than to
   * write.
   */
  action?: Action | ((args: Args) => Action);
  /** What it is about where no id says it. */
  of?: (args: Args, context: Context) => Promise<Subject>;
  /** Only for somebody who has signed in, or where nobody has to. */
  people?: boolean;
  /** It gives, by itself, only what the caller may see; its ids are not looked at. */
  narrowed?: boolean;
  /** It is about projects in the bin, which otherwise nobody sees. */
  bin?: boolean;
}

/** A rule, or what stands for the most frequent ones. */
export type Access<Args = Record<string, unknown>> = Action | 'narrowed' | 'people' | AccessRule<Args>;

export function toRule(access: Access): AccessRule {
  if (typeof access === 'object') return access;
  if (access === 'narrowed') return { narrowed: true };
  return access === 'people' ? { people: true } : { action: access };
}

/** What a field of a built schema says; empty where it says nothing. */
export const ruleOf = (field: Pick<GraphQLField<unknown, unknown>, 'extensions'>): AccessRule =>
  (field.extensions.access as AccessRule | undefined) ?? {};

/**
 * What of a schema nobody has said who may, a line each.
 * @param known the types of which it is known where their things belong
 */
export function flawsOf(schema: GraphQLSchema, known: readonly string[]): string[] {
  const entrances = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    type ? Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })) : [],
  );
  const open = entrances
    .filter(({ field }) => !isRuled(field))
    .map(({ name }) => `${name} needs no id, so that it must say who may: { access: … }, see auth/rules.ts.`);
  const node = schema.getType('Node');
  const types = isInterfaceType(node) ? schema.getImplementations(node).objects.map(({ name }) => name) : [];
  const homeless = types
    .filter((name) => !known.includes(name))
    .map((name) => `${name} has ids, so that auth/resources.ts must say to which project or team it belongs.`);
  const gone = known
    .filter((name) => !isObjectType(schema.getType(name)))
    .map((name) => `auth/resources.ts has a line for ${name}, which is no type.`);
  return [...open, ...homeless, ...gone];
}

function isRuled(field: GraphQLField<unknown, unknown>): boolean {
  const rule = ruleOf(field);
  return rule.narrowed === true || rule.people === true || rule.of !== undefined || needsIds(field);
}
