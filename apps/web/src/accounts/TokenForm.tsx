'use client';

import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { TypedDocumentNode } from '@urql/core';
import type { ReactNode } from 'react';
import { Refused } from '@/design/Refused';
import { useForm, type Field } from '@/design/use-form';
import type { TokenScope } from '@/generated/graphql';
import { SCOPES } from './roles';

const DAY_MILLISECONDS = 24 * 3600 * 1000;
const LIFETIMES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'a year' },
  { value: '', label: 'until it is revoked' },
];

/** What every token is made of. */
export interface NewToken {
  name: string;
  scope: TokenScope;
  expiresAt: string | null;
}

interface Props<Result extends { __typename: string }, Variables extends object> {
  document: TypedDocumentNode<{ result: Result }, Variables>;
  variables: (token: NewToken, field: Field) => Variables;
  onMade: (result: Exclude<Result, { __typename: 'InvalidInputError' }>) => void;
  /** Further fields, and the places that they show. */
  children: ReactNode;
}

/** Makes a token: for what, with which rights, for how long. */
export function TokenForm<Result extends { __typename: string }, Variables extends object>({
  document,
  variables,
  onMade,
  children,
}: Props<Result, Variables>) {
  const form = useForm({
    document,
    variables: (field) => variables(toToken(field), field),
    done: onMade,
    clears: true,
  });
  return (
    <form onSubmit={form.onSubmit} className="fields">
      <TextInput
        label="What it is for"
        name="name"
        placeholder="training on the cluster"
        error={form.at('input.name')}
        maxLength={120}
        required
      />
      <NativeSelect label="It may at most" name="scope" data={SCOPE_DATA} defaultValue="WRITE" />
      {children}
      <NativeSelect label="It holds for" name="days" data={LIFETIMES} defaultValue="90" />
      <Refused>{form.elsewhere(['input.name'])}</Refused>
      <Button type="submit" loading={form.busy}>
        Make the token
      </Button>
    </form>
  );
}

const SCOPE_DATA = SCOPES.map(({ scope, label, may }) => ({ value: scope, label: `${label}: ${may}` }));

function toToken(field: Field): NewToken {
  const days = Number(field('days'));
  return {
    name: field('name'),
    scope: field('scope') as TokenScope,
    expiresAt: days > 0 ? new Date(Date.now() + days * DAY_MILLISECONDS).toISOString() : null,
  };
}
