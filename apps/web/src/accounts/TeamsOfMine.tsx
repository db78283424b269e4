'use client';

import { Button } from '@mantine/core';
import Link from 'next/link';
import { DataTable } from '@/design/DataTable';
import { perform } from '@/design/perform';
import type { ViewerFieldsFragment } from '@/generated/graphql';
import { LeaveTeam } from './account.graphql';
import { roleLabel } from './roles';

type Membership = ViewerFieldsFragment['memberships']['edges'][number]['node'];

/** The teams in which somebody is, and the way out of each. */
export function TeamsOfMine({ memberships }: { memberships: readonly Membership[] }) {
  const leave = async ({ team }: Membership): Promise<void> => {
    const done = await perform(LeaveTeam, { input: { teamId: team.id } }, `You are still in ${team.name}`);
    if (done) location.reload();
  };
  return (
    <DataTable label="Your teams" heads={[{ label: 'Team' }, { label: 'You are' }, { label: 'Leave', hidden: true }]}>
      {memberships.map((membership) => (
        <tr key={membership.id}>
          <td>
            <Link href={`/teams/${membership.team.slug}`}>{membership.team.name}</Link>
          </td>
          <td>{roleLabel(membership.role).toLowerCase()}</td>
          <td className="number">
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => void leave(membership)}
              aria-label={`Leave ${membership.team.name}`}
            >
              Leave
            </Button>
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
