import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type InputShapeFromFields,
  type PothosOutputFieldConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core';
import type { Split } from '@samplewise/database';
import {
  getNamedType,
  getNullableType,
  isListType,
  isNonNullType,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import type { Context } from '../../context.ts';
import { idsAmong } from '../id-arguments.ts';
import { hiddenSplits } from './hidden-splits.ts';
import { labelsAreHidden } from './refusal.ts';
import { labelFlawsOf, type LabelRule } from './rules.ts';

type Resolver<Types extends SchemaTypes> = GraphQLFieldResolver<unknown, Types['Context'], object>;

/**
 * Keeps hidden labels, and whatever is made of them, from those who do not see them. What gives such things without
 * saying what it does about it does not get into the schema.
 */
class LabelsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const { labels } = field.pothosOptions as { labels?: LabelRule };
    return labels === undefined ? field : { ...field, extensions: { ...field.extensions, labels } };
  }

  override wrapResolve(resolve: Resolver<Types>, field: PothosOutputFieldConfig<Types>): Resolver<Types> {
    const rule = field.extensions?.labels as LabelRule | undefined;
    if (rule === undefined || rule === 'narrowed' || rule === 'free') return resolve;
    return async (parent, args, context, info) => {
      const hidden = await hiddenFrom(ours(context), parent, args, info);
      if (rule === 'sealed' ? hidden.length > 0 : rule.asksBy(args as Record<string, unknown>, hidden)) {
        if (rule === 'sealed' && canBeEmpty(info)) return nothing(info);
        throw labelsAreHidden(info.fieldName, hidden);
      }
      return resolve(parent, args, context, info);
    };
  }

  /** @throws Error with a line for each part that does not say what it does about labels */
  override afterBuild(schema: GraphQLSchema): GraphQLSchema {
    const flaws = labelFlawsOf(schema);
    if (flaws.length > 0) throw new Error(`Nobody has said what becomes of hidden labels:\n${flaws.join('\n')}`);
    return schema;
  }
}

/** A plugin is written for any schema; there is one. */
const ours = (context: object): Context => context as Context;

/** The splits whose labels are hidden of what the field is about: of its thing, of an entrance those that its ids name. */
async function hiddenFrom(
  context: Context,
  parent: unknown,
  args: object,
  info: GraphQLResolveInfo,
): Promise<readonly Split[]> {
  const { parentType, schema } = info;
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  if (!roots.includes(parentType)) return hiddenSplits(context, parentType.name, (parent as { id: bigint }).id);
  const field = parentType.getFields()[info.fieldName]!;
  const named = idsAmong(field, args as Record<string, unknown>).map(({ id }) =>
    hiddenSplits(context, id.typename, BigInt(id.id.split('-')[0]!)),
  );
  return [...new Set((await Promise.all(named)).flat())].sort();
}

const isConnection = ({ returnType }: GraphQLResolveInfo): boolean =>
  getNamedType(returnType).name.endsWith('Connection');

const canBeEmpty = (info: GraphQLResolveInfo): boolean =>
  !isNonNullType(info.returnType) || isListType(getNullableType(info.returnType)) || isConnection(info);

function nothing(info: GraphQLResolveInfo): unknown {
  if (!isNonNullType(info.returnType)) return null;
  return isConnection(info)
    ? { edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: false }, totalCount: 0 }
    : [];
}

export const LABELS = 'labels';
SchemaBuilder.registerPlugin(LABELS, LabelsPlugin);

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- how Pothos is told of a plugin
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      labels: LabelsPlugin<Types>;
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
      /** What it has to do with labels; see auth/labels/rules.ts. */
      labels?: LabelRule<InputShapeFromFields<Args>>;
    }
    /* eslint-enable @typescript-eslint/no-unused-vars */
  }
}
