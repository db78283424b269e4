import { InvalidInput, problem, type Problem } from '@samplewise/domain';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../context.ts';
import type { GlobalId } from '../global-id.ts';
import { idsAmong } from './id-arguments.ts';
import { decide, isUnbounded, outsideBin } from './policy.ts';
import { refusalOf } from './refusal.ts';
import { locate } from './resources.ts';
import { ruleOf, type AccessRule, type Subject } from './rules.ts';

/** Most problems that one refusal tells. */
const PROBLEM_LIMIT = 100;

/** One field that is asked for. */
export interface Asked {
  parent: unknown;
  args: object;
  context: Context;
  info: GraphQLResolveInfo;
}

/** Why it is refused; empty when it is not. @throws InvalidInput for an id that is none */
export async function problemsOf(asked: Asked): Promise<Problem[]> {
  const { context, info } = asked;
  const field = info.parentType.getFields()[info.fieldName]!;
  const rule = ruleOf(field);
  const { actor } = context;
  if (rule.narrowed) return [];
  if (rule.people && actor.kind !== 'person' && !isUnbounded(actor)) return [notAPerson(actor.kind === 'anonymous')];
  const subjects = await subjectsOf(rule, asked);
  const isMutation = info.parentType === info.schema.getMutationType();
  const usual = isMutation ? 'write' : 'read';
  const action = typeof rule.action === 'function' ? rule.action(asked.args as Record<string, unknown>) : rule.action;
  return subjects.flatMap(({ resource, ...about }) => {
    const verdict = decide(actor, action ?? usual, rule.bin ? resource : outsideBin(resource));
    return verdict === 'allowed' ? [] : [refusalOf(verdict, about)];
  });
}

/** Which of these the caller may read. */
export async function mayRead(context: Context, ids: readonly GlobalId[]): Promise<boolean[]> {
  const resources = await Promise.all(ids.map((id) => locate(context, id)));
  return resources.map((resource) => decide(context.actor, 'read', outsideBin(resource)) === 'allowed');
}

export function refused(problems: readonly Problem[]): InvalidInput {
  const [first, ...more] = problems.slice(0, PROBLEM_LIMIT);
  return new InvalidInput(first!, ...more);
}

/** Everything that it is about. */
async function subjectsOf(rule: AccessRule, { parent, args, context, info }: Asked): Promise<Subject[]> {
  const field = info.parentType.getFields()[info.fieldName]!;
  const named = idsAmong(field, args as Record<string, unknown>).map(
    async ({ id, place, value }): Promise<Subject> => ({
      resource: await locate(context, id),
      typename: id.typename,
      place,
      value,
    }),
  );
  // Where there are no accounts, what is not there yet may be made.
  if (rule.of && !isUnbounded(context.actor)) named.push(rule.of(args as Record<string, unknown>, context));
  if (isEntrance(info)) {
    if (named.length === 0 && !rule.of && !rule.people) throw refused([namesNothing()]);
  } else if (rule.action) {
    named.push(parentOf(parent, context, info));
  }
  return Promise.all(named);
}

const isEntrance = ({ parentType, schema }: GraphQLResolveInfo): boolean =>
  parentType === schema.getQueryType() ||
  parentType === schema.getMutationType() ||
  parentType === schema.getSubscriptionType();

/** The thing that the field is a field of. */
async function parentOf(parent: unknown, context: Context, { parentType }: GraphQLResolveInfo): Promise<Subject> {
  const typename = parentType.name;
  const { id } = parent as { id: bigint };
  return { resource: await locate(context, { typename, id: String(id) }), typename };
}

const namesNothing = (): Problem =>
  problem('INVALID_VALUE', 'It names nothing.', { place: 'ids', mend: 'Name at least one id.' });

const notAPerson = (anonymous: boolean): Problem =>
  anonymous
    ? refusalOf('unauthenticated', { typename: 'Person' })
    : problem('FORBIDDEN', 'It is for people, not for tokens.', { mend: 'Sign in.' });
