import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type InputShapeFromFields,
  type PothosOutputFieldConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core';
import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import type { Context } from '../context.ts';
import { problemsOf, refused } from './check.ts';
import { whileAllowed } from './recheck.ts';
import { KNOWN_TYPES } from './resources.ts';
import { flawsOf, toRule, type Access } from './rules.ts';

type Resolver<Types extends SchemaTypes> = GraphQLFieldResolver<unknown, Types['Context'], object>;

/**
 * Asks the policy before each field that is an entrance, or that names something by its id. What has neither ids nor a
 * rule does not get into the schema. Within the plugin for errors, so that mutations answer refusals as typed errors.
 */
class AccessPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const { access } = field.pothosOptions as { access?: Access };
    if (access === undefined) return field;
    return { ...field, extensions: { ...field.extensions, access: toRule(access) } };
  }

  override wrapResolve(resolve: Resolver<Types>, field: PothosOutputFieldConfig<Types>): Resolver<Types> {
    if (!isGuarded(field)) return resolve;
    const mayBeNull = field.kind === 'Query' && field.type.nullable;
    return async (parent, args, context, info) => {
      const problems = await problemsOf({ parent, args, context: ours(context), info });
      if (problems.length === 0) return resolve(parent, args, context, info);
      if (mayBeNull && problems.every(({ code }) => code === 'NOT_FOUND')) return null;
      throw refused(problems);
    };
  }

  override wrapSubscribe(subscribe: Resolver<Types> | undefined): Resolver<Types> | undefined {
    if (subscribe === undefined) return subscribe;
    return async (parent, args, context, info) => {
      const asked = { parent, args, context: ours(context), info };
      const problems = await problemsOf(asked);
      if (problems.length > 0) throw refused(problems);
      const events = (await subscribe(parent, args, context, info)) as AsyncIterable<unknown>;
      return whileAllowed(events, async () => {
        const actor = await asked.context.identifyAgain();
        if (actor === undefined) return false;
        // What the events show is asked for in the same context.
        asked.context.actor = actor;
        return (await problemsOf(asked)).length === 0;
      });
    };
  }

  /** @throws Error with a line for each part of which nobody has said who may */
  override afterBuild(schema: GraphQLSchema): GraphQLSchema {
    const flaws = flawsOf(schema, KNOWN_TYPES);
    if (flaws.length > 0) throw new Error(`Nobody has said who may:\n${flaws.join('\n')}`);
    return schema;
  }
}

/** A plugin is written for any schema; there is one. */
const ours = (context: object): Context => context as Context;

/** Entrances, and whatever has a rule or arguments, among which there may be ids; of a subscription, `subscribe` is the entrance. */
function isGuarded<Types extends SchemaTypes>(field: PothosOutputFieldConfig<Types>): boolean {
  if (field.kind === 'Subscription') return false;
  if (field.kind === 'Query' || field.kind === 'Mutation') return true;
  return field.extensions?.access !== undefined || Object.keys(field.args).length > 0;
}

export const ACCESS = 'access';
SchemaBuilder.registerPlugin(ACCESS, AccessPlugin);

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- how Pothos is told of a plugin
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      access: AccessPlugin<Types>;
    }

    /* eslint-disable @typescript-eslint/no-unused-vars -- an interface has the same parameters wherever it is added to */
    export interface FieldOptions<
      Types extends SchemaTypes = SchemaTypes,
      ParentShape = unknown,
      Type extends TypeParam<Types> = TypeParam<Types>,
      Nullable extends FieldNullability<Type> = FieldNullability<Type>,
      Args extends InputFieldMap = InputFieldMap,
      ResolveShape = unknown,
      ResolveReturnShape = unknown,
    > {
      /** Who may; see auth/rules.ts. */
      access?: Access<InputShapeFromFields<Args>>;
    }
    /* eslint-enable @typescript-eslint/no-unused-vars */
  }
}
