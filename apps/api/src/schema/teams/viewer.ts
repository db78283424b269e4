import { type Actor } from '../../auth/policy.ts';
import { builder } from '../builder.ts';
import { TokenScopeEnum } from './enums.ts';
import './members.ts';
import './tokens.ts';

const ActorKindEnum = builder.enumType('ActorKind', {
  description: 'How somebody is known here.',
  values: {
    LOCAL: { value: 'local', description: 'Anyone on this machine: there are no accounts. May do anything.' },
    SERVER: { value: 'server', description: "Whoever has the server's own token. May do anything." },
    PERSON: { value: 'person', description: 'Somebody who has signed in.' },
    TOKEN: { value: 'token', description: 'A program with a token.' },
    ANONYMOUS: { value: 'anonymous', description: 'Nobody in particular; sees what is public.' },
  } satisfies Record<Uppercase<Actor['kind']>, { value: Actor['kind']; description: string }>,
});

/** No account has this id. */
const NOBODY = '';
const personIdOf = (actor: Actor): string => ('personId' in actor ? actor.personId : null) ?? NOBODY;

const ViewerRef = builder.objectRef<Actor>('Viewer').implement({
  description: 'Who is asking.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ActorKindEnum, description: 'How they are known.' }),
    scope: t.field({
      type: TokenScopeEnum,
      nullable: true,
      description: "The token's.",
      resolve: (actor) => (actor.kind === 'token' ? actor.scope : null),
    }),
    person: t.prismaField({
      type: 'Person',
      nullable: true,
      description: 'Who has signed in, or whose token it is.',
      resolve: (query, actor, _args, { database }) =>
        database.prisma.person.findUnique({ ...query, where: { id: personIdOf(actor) } }),
    }),
    memberships: t.prismaConnection({
      type: 'Membership',
      cursor: 'id',
      description: 'The teams of the person, as far as the token reaches.',
      resolve: (query, actor, _args, { database }) =>
        database.prisma.membership.findMany({
          ...query,
          where: { personId: personIdOf(actor), teamId: { in: 'roles' in actor ? [...actor.roles.keys()] : [] } },
          orderBy: { id: 'asc' },
        }),
    }),
    tokens: t.prismaConnection({
      type: 'Token',
      cursor: 'id',
      description: 'The personal tokens of who has signed in, newest first.',
      resolve: (query, actor, _args, { database }) =>
        database.prisma.token.findMany({
          ...query,
          where: { personId: actor.kind === 'person' ? actor.personId : NOBODY },
          orderBy: { id: 'desc' },
        }),
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerRef,
    description: 'Who is asking, as this server sees it.',
    access: 'narrowed',
    resolve: (_root, _args, { actor }) => actor,
  }),
);
