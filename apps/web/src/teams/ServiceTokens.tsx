'use client';

import { NativeSelect } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { NewSecret } from '@/accounts/NewSecret';
import { rolesUpTo } from '@/accounts/roles';
import { CreateServiceToken } from '@/accounts/tokens.graphql';
import { TokenForm } from '@/accounts/TokenForm';
import { TokenTable } from '@/accounts/TokenTable';
import { useRevoke } from '@/accounts/use-revoke';
import type { Role, TokenRowFragment } from '@/generated/graphql';

interface Props {
  teamId: string;
  isOwner: boolean;
  tokens: readonly TokenRowFragment[];
}

/** Makes and ends the tokens of a team. */
export function ServiceTokens({ teamId, isOwner, tokens }: Props) {
  const router = useRouter();
  const revoke = useRevoke();
  const [made, setMade] = useState<{ name: string; secret: string }>();
  return (
    <div className="stack">
      {made && <NewSecret title={`The token ‘${made.name}’`} secret={made.secret} close={() => setMade(undefined)} />}
      <TokenForm
        document={CreateServiceToken}
        variables={(token, field) => ({ input: { ...token, teamId, role: field('role') as Role } })}
        onMade={({ secret, token }) => {
          setMade({ name: token.name, secret });
          router.refresh();
        }}
      >
        <NativeSelect
          label="In the team it is"
          name="role"
          defaultValue="MEMBER"
          data={rolesUpTo(isOwner ? 'OWNER' : 'ADMIN').map(({ role, label }) => ({ value: role, label }))}
        />
      </TokenForm>
      {tokens.length > 0 && <TokenTable label="Tokens of the team" tokens={tokens} onRevoke={revoke} />}
    </div>
  );
}
