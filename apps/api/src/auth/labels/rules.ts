import type { Split } from '@samplewise/database';
import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { LABELLED_TYPES } from './hidden-splits.ts';

/**
 * What a field has to do with labels.
 *
 * - `sealed`: it is made of the labels of the thing that it is a field of, or of those that its ids name. Where these are
 *   hidden from who is asking it is null, an empty list, or refused.
 * - `narrowed`: it gives, by itself, only what he may be told.
 * - `free`: it looks as if it had to do with labels, and has not.
 * - `asksBy`: some of its arguments ask by labels. Refused when they do and labels are hidden.
 */
export type LabelRule<Args = Record<string, unknown>> =
  'sealed' | 'narrowed' | 'free' | { asksBy: (args: Args, hidden: readonly Split[]) => boolean };

export const labelRuleOf = (field: Pick<GraphQLField<unknown, unknown>, 'extensions'>): LabelRule | undefined =>
  field.extensions.labels as LabelRule | undefined;

/**
 * Types that carry what is computed from labels. They must not be reached but through a field that says what it does
 * where labels are hidden. Most figures are an Estimate, so that a new one can't be forgotten.
 */
const CARRIERS: readonly string[] = [
  'Estimate',
  'Evaluation',
  'ClassCount',
  'ClassMetrics',
  'ConfusionMatrix',
  'ScoreMetrics',
  'ClassCurves',
  'Comparison',
  'CriticalDifference',
  'Slices',
  'LeaderboardEntry',
  'LeaderboardResult',
];

/** Fields and arguments of these names tell labels, or ask by them. */
const TELLING = /^(?:label|truth|trueLabel|correct|outcome)$/;

/** What of a schema does not say what it does about labels, a line each. */
export function labelFlawsOf(schema: GraphQLSchema): string[] {
  const open = reachable(schema);
  const flaws = [...open].flatMap(([type, path]) => {
    if (CARRIERS.includes(type.name)) {
      return [
        `${path} gives ${type.name}, which is made of labels: it must say { labels: … }, see auth/labels/rules.ts.`,
      ];
    }
    return isObjectType(type) ? Object.values(type.getFields()).flatMap((field) => flawsOfField(type, field)) : [];
  });
  const gone = CARRIERS.filter((name) => schema.getType(name) === undefined);
  return [...flaws, ...gone.map((name) => `auth/labels/rules.ts names ${name}, which is no type.`)];
}

function flawsOfField(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): string[] {
  const rule = labelRuleOf(field);
  const name = `${type.name}.${field.name}`;
  if (rule === undefined) {
    const telling = [field, ...field.args].find((part) => TELLING.test(part.name));
    return telling ? [`${name} has '${telling.name}', which may tell labels: it must say { labels: … }.`] : [];
  }
  const needsSamples = rule === 'sealed' || typeof rule === 'object';
  if (!needsSamples || isRoot(type) || LABELLED_TYPES.includes(type.name)) return [];
  return [`${name} is made of labels, so that auth/labels/hidden-splits.ts must say where those of ${type.name} are.`];
}

const isRoot = ({ name }: GraphQLNamedType): boolean => ['Query', 'Mutation', 'Subscription'].includes(name);

/** The types that can be reached without passing a field that is sealed or narrowed, each with the last step to it. */
function reachable(schema: GraphQLSchema): Map<GraphQLNamedType, string> {
  const found = new Map<GraphQLNamedType, string>();
  const walk = (type: GraphQLNamedType, path: string): void => {
    if (found.has(type)) return;
    found.set(type, path);
    if (isInterfaceType(type)) schema.getImplementations(type).objects.forEach((object) => walk(object, path));
    if (isUnionType(type)) type.getTypes().forEach((object) => walk(object, path));
    if (!isObjectType(type)) return;
    for (const field of Object.values(type.getFields())) {
      const rule = labelRuleOf(field);
      if (rule !== 'sealed' && rule !== 'narrowed') walk(getNamedType(field.type), `${type.name}.${field.name}`);
    }
  };
  for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    if (root) walk(root, root.name);
  }
  return found;
}
