'use client';

import { Button, NativeSelect } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { roleLabel, rolesUpTo } from '@/accounts/roles';
import { DataTable } from '@/design/DataTable';
import { perform } from '@/design/perform';
import { RelativeTime } from '@/design/RelativeTime';
import { tellDone } from '@/design/tell';
import type { MemberRowFragment, Role } from '@/generated/graphql';
import { ChangeMember, RemoveMember } from './changes.graphql';

interface Props {
  members: readonly MemberRowFragment[];
  /** The highest role that the reader may give and take; none: they only look. */
  highest: Role | undefined;
  /** Their own email. */
  me: string | undefined;
}

/** Who is in a team, since when and as what. */
export function Members({ members, highest, me }: Props) {
  const router = useRouter();
  const change = async ({ id, person }: MemberRowFragment, role: Role): Promise<void> => {
    const done = await perform(
      ChangeMember,
      { input: { membershipId: id, role } },
      `${person.name} stays what they are`,
    );
    if (done) tellDone(`${person.name} is ${roleLabel(role).toLowerCase()} now.`);
    router.refresh();
  };
  const remove = async ({ id, person }: MemberRowFragment): Promise<void> => {
    const done = await perform(RemoveMember, { input: { membershipId: id } }, `${person.name} stays in the team`);
    if (!done) return;
    tellDone(`${person.name} is not in the team any more.`);
    router.refresh();
  };
  const roles = rolesUpTo(highest);
  const heads = [{ label: 'Person' }, { label: 'Role' }, { label: 'Since' }];
  return (
    <DataTable label="Members" heads={highest ? [...heads, { label: 'Remove', hidden: true }] : heads}>
      {members.map((member) => (
        <tr key={member.id}>
          <td style={{ minWidth: 160 }}>
            <span style={{ fontWeight: 550 }}>{member.person.name}</span>
            {member.person.email === me && <span className="muted"> (you)</span>}
            <span className="truncate muted">{member.person.email}</span>
          </td>
          <td>
            {roles.some(({ role }) => role === member.role) ? (
              <NativeSelect
                key={member.role}
                size="xs"
                aria-label={`Role of ${member.person.name}`}
                defaultValue={member.role}
                data={roles.map(({ role, label }) => ({ value: role, label }))}
                onChange={(event) => void change(member, event.currentTarget.value as Role)}
                style={{ width: 110 }}
              />
            ) : (
              roleLabel(member.role)
            )}
          </td>
          <td>
            <RelativeTime value={member.createdAt} />
          </td>
          {highest && (
            <td className="number">
              {member.person.email !== me && roles.some(({ role }) => role === member.role) && (
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => void remove(member)}
                  aria-label={`Remove ${member.person.name}`}
                >
                  Remove
                </Button>
              )}
            </td>
          )}
        </tr>
      ))}
    </DataTable>
  );
}
