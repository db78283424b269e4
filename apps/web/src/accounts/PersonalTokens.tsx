'use client';

import { NativeSelect } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { TokenRowFragment } from '@/generated/graphql';
import { NewSecret } from './NewSecret';
import { CreatePersonalToken } from './tokens.graphql';
import { TokenForm } from './TokenForm';
import { TokenTable } from './TokenTable';
import { useRevoke } from './use-revoke';

interface Props {
  tokens: readonly TokenRowFragment[];
  teams: readonly { id: string; name: string }[];
}

/** Somebody's own tokens, for programs that work in their name. */
export function PersonalTokens({ tokens, teams }: Props) {
  const router = useRouter();
  const revoke = useRevoke();
  const [made, setMade] = useState<{ name: string; secret: string }>();
  return (
    <div className="stack">
      {made && <NewSecret title={`The token ‘${made.name}’`} secret={made.secret} close={() => setMade(undefined)} />}
      <TokenForm
        document={CreatePersonalToken}
        variables={(token, field) => ({ input: { ...token, teamId: field('team') || null } })}
        onMade={({ secret, token }) => {
          setMade({ name: token.name, secret });
          router.refresh();
        }}
      >
        <NativeSelect
          label="It reaches"
          name="team"
          data={[
            { value: '', label: 'all of your teams' },
            ...teams.map(({ id, name }) => ({ value: id, label: `${name} alone` })),
          ]}
        />
      </TokenForm>
      {tokens.length > 0 && <TokenTable label="Your tokens" tokens={tokens} onRevoke={revoke} />}
    </div>
  );
}
