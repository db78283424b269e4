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
import { CARRIERS, FREE_TYPES, PASSAGES } from './types.ts';

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

/** Fields and arguments of these names tell labels, or ask by them. */
const TELLING = /^(?:label|truth|trueLabel|correct|outcome|loss)$/;
/** Scalars in which figures are given. Texts and whole numbers of things that have labels are names, states and counts. */
const FIGURES: readonly string[] = ['Float', 'JSON', 'MetricValue', 'NumberList'];

/**
 * What of a schema does not say what it does about labels, a line each. Types are either known to be free of labels, or
 * made of them; the latter must not be reached but through a field that says what it does where labels are hidden.
 */
export function labelFlawsOf(schema: GraphQLSchema): string[] {
  const open = openSteps(schema);
  const types = new Set(open.map(({ type }) => type));
  const made = open.filter(({ type }) => CARRIERS.includes(type.name));
  const unknown = [...types].filter((type) => isObjectType(type) && !CARRIERS.includes(type.name) && !isKnown(type));
  const flaws = [
    ...made.map(({ type, path }) => `${path} gives ${type.name}, which is made of labels: ${SAY_SO}`),
    ...unknown.map(({ name }) => `auth/labels/types.ts must say of ${name} whether it is made of labels.`),
  ];
  const fields = [...types].flatMap((type) =>
    isObjectType(type) ? Object.values(type.getFields()).flatMap((field) => flawsOfField(type, field)) : [],
  );
  const gone = [...CARRIERS, ...FREE_TYPES].filter((name) => schema.getType(name) === undefined);
  return [...flaws, ...fields, ...gone.map((name) => `auth/labels/types.ts names ${name}, which is no type.`)];
}

const SAY_SO = 'it must say { labels: … }, see auth/labels/rules.ts.';

const isKnown = ({ name }: GraphQLNamedType): boolean =>
  FREE_TYPES.includes(name) || LABELLED_TYPES.includes(name) || PASSAGES.test(name);

function flawsOfField(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): string[] {
  const rule = labelRuleOf(field);
  const name = `${type.name}.${field.name}`;
  const isLabelled = LABELLED_TYPES.includes(type.name);
  if (rule === undefined) {
    const telling = [field, ...field.args].find((part) => TELLING.test(part.name));
    if (telling) return [`${name} has '${telling.name}', which may tell labels: ${SAY_SO}`];
    const isFigure = isLabelled && FIGURES.includes(getNamedType(field.type).name);
    return isFigure ? [`${name} is a figure of a thing that has labels: ${SAY_SO}`] : [];
  }
  const needsSamples = rule === 'sealed' || typeof rule === 'object';
  if (!needsSamples || isRoot(type) || isLabelled) return [];
  return [`${name} is made of labels, so that auth/labels/hidden-splits.ts must say where those of ${type.name} are.`];
}

const isRoot = ({ name }: GraphQLNamedType): boolean => ['Query', 'Mutation', 'Subscription'].includes(name);

interface Step {
  type: GraphQLNamedType;
  /** The field that gives it. */
  path: string;
}

/** Every field that can be asked for without passing one that is sealed or narrowed, and what it gives. */
function openSteps(schema: GraphQLSchema): Step[] {
  const steps: Step[] = [];
  const seen = new Set<GraphQLNamedType>();
  const walk = (type: GraphQLNamedType, path: string): void => {
    steps.push({ type, path });
    if (seen.has(type)) return;
    seen.add(type);
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
  return steps;
}
