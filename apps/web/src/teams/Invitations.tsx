'use client';

import { Badge, Button, NativeSelect, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { NewSecret } from '@/accounts/NewSecret';
import { roleLabel, rolesUpTo } from '@/accounts/roles';
import { DataTable } from '@/design/DataTable';
import { perform } from '@/design/perform';
import { Refused } from '@/design/Refused';
import { RelativeTime } from '@/design/RelativeTime';
import { tellDone } from '@/design/tell';
import { useForm } from '@/design/use-form';
import type { InvitationRowFragment, Role } from '@/generated/graphql';
import { InviteMember, RevokeInvitation } from './changes.graphql';

interface Props {
  teamId: string;
  highest: Role | undefined;
  invitations: readonly InvitationRowFragment[];
}

const SHOWN = ['input.email', 'input.role'];

/** Invites into a team, and shows who was. */
export function Invitations({ teamId, highest, invitations }: Props) {
  const router = useRouter();
  const [made, setMade] = useState<{ email: string; token: string }>();
  const form = useForm({
    document: InviteMember,
    variables: (field) => ({
      input: { teamId, email: field('email'), role: field('role') as Role },
    }),
    done: ({ token, invitation }) => {
      setMade({ email: invitation.email, token });
      router.refresh();
    },
    clears: true,
  });
  return (
    <div className="stack">
      {made && (
        <NewSecret
          title={`The link for ${made.email}`}
          secret={`${location.origin}/invitations/${made.token}`}
          close={() => setMade(undefined)}
        />
      )}
      <form onSubmit={form.onSubmit} className="fields">
        <TextInput label="Email" name="email" type="email" error={form.at('input.email')} required />
        <NativeSelect
          label="As"
          name="role"
          defaultValue="MEMBER"
          error={form.at('input.role')}
          data={rolesUpTo(highest).map(({ role, label }) => ({ value: role, label }))}
        />
        <Refused>{form.elsewhere(SHOWN)}</Refused>
        <Button type="submit" loading={form.busy}>
          Make the link
        </Button>
      </form>
      {invitations.length > 0 && <InvitationTable invitations={invitations} />}
    </div>
  );
}

function InvitationTable({ invitations }: Pick<Props, 'invitations'>) {
  const router = useRouter();
  const revoke = async ({ id, email }: InvitationRowFragment): Promise<void> => {
    const done = await perform(RevokeInvitation, { input: { invitationId: id } }, `${email} is still invited`);
    if (!done) return;
    tellDone(`The link for ${email} opens nothing any more.`);
    router.refresh();
  };
  return (
    <DataTable
      label="Invitations"
      heads={[
        { label: 'For' },
        { label: 'As' },
        { label: 'By' },
        { label: 'Until' },
        { label: 'Revoke', hidden: true },
      ]}
    >
      {invitations.map((invitation) => (
        <tr key={invitation.id}>
          <td style={{ overflowWrap: 'anywhere', minWidth: 140 }}>{invitation.email}</td>
          <td>{roleLabel(invitation.role).toLowerCase()}</td>
          <td className="muted">{invitation.invitedBy}</td>
          <td>
            <RelativeTime value={invitation.expiresAt} />
          </td>
          <td className="number">
            {stateOf(invitation) === 'open' ? (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => void revoke(invitation)}
                aria-label={`Revoke the invitation of ${invitation.email}`}
              >
                Revoke
              </Button>
            ) : (
              <Badge color={invitation.acceptedAt ? 'teal' : 'gray'} variant="light">
                {stateOf(invitation)}
              </Badge>
            )}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

function stateOf({ acceptedAt, revokedAt, expiresAt }: InvitationRowFragment): string {
  if (acceptedAt) return 'accepted';
  if (revokedAt) return 'revoked';
  return Date.parse(expiresAt) <= Date.now() ? 'expired' : 'open';
}
