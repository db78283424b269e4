import type { AccountsConfig } from '../../config.ts';
import { PROVIDER } from '../../auth/accounts.ts';
import { signUpNow, type SignUp } from '../../teams/join.ts';
import { builder } from '../builder.ts';

const SignUpEnum = builder.enumType('SignUp', {
  description: 'Who may make an account.',
  values: {
    FIRST: { value: 'first', description: 'Anybody: nobody has one yet, and the first one owns what there is.' },
    OPEN: { value: 'open', description: 'Anybody; alone it gives no access.' },
    INVITATION: { value: 'invitation', description: 'Who brings an invitation.' },
  } satisfies Record<Uppercase<SignUp>, { value: SignUp; description: string }>,
});

const ProviderRef = builder.objectRef<NonNullable<AccountsConfig['oidc']>>('SignInProvider').implement({
  description: 'An OpenID provider with which people may sign in.',
  fields: (t) => ({
    id: t.string({ description: 'For POST /auth/sign-in/social.', resolve: () => PROVIDER }),
    host: t.string({ description: 'Where it is, for people.', resolve: ({ issuer }) => new URL(issuer).host }),
  }),
});

const SignInRef = builder.objectRef<AccountsConfig>('SignIn').implement({
  description: 'How people come in; what they send goes to /auth, see docs/accounts.md.',
  fields: (t) => ({
    signUp: t.field({
      type: SignUpEnum,
      description: 'Who may make an account with a password.',
      resolve: (accounts, _args, { database }) => signUpNow(database, accounts),
    }),
    provider: t.field({
      type: ProviderRef,
      nullable: true,
      description: 'None: with a password alone.',
      resolve: ({ oidc }) => oidc ?? null,
    }),
  }),
});

builder.queryField('signIn', (t) =>
  t.field({
    type: SignInRef,
    nullable: true,
    description: 'How people sign in here; none where nobody does.',
    access: 'narrowed',
    resolve: (_root, _args, { accounts }) => accounts ?? null,
  }),
);
