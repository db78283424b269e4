import { OlderLink } from '@/design/OlderLink';
import { SettingsPart } from '@/design/SettingsPart';
import { readOnServer } from '@/graphql/server';
import { ROLES } from '@/accounts/roles';
import { Invitations } from '../Invitations';
import { Members } from '../Members';
import { TeamMembers } from '../team.graphql';
import { viewAddress } from '../TeamFrame';
import type { ViewProps } from './view-props';

/** Who is in a team and as what; for admins also who has been invited. */
export async function MembersView({ team, after }: ViewProps) {
  const isAdmin = team.viewerPermissions.includes('MANAGE');
  const { team: read, viewer } = await readOnServer(TeamMembers, { slug: team.slug, after, invitations: isAdmin });
  if (!read) return null;
  const members = read.members.edges.map(({ node }) => node);
  const mine = members.find(({ person }) => person.email === viewer.person?.email)?.role;
  // Where nobody signs in, whoever is here may give any role.
  const highest = mine ?? (team.viewerPermissions.includes('OWN') ? 'OWNER' : undefined);
  return (
    <>
      <SettingsPart title="Members" about={<RolesExplained />}>
        <Members members={members} highest={isAdmin ? highest : undefined} me={viewer.person?.email} />
        <OlderLink page={read.members.pageInfo} href={viewAddress(team.slug, 'members')} after={after} />
      </SettingsPart>
      {isAdmin && (
        <SettingsPart
          title="Invitations"
          about="Nothing is sent by email: hand the link on yourself. It opens for a week, once, for the email that you invite."
        >
          <Invitations
            teamId={team.id}
            highest={highest}
            invitations={read.invitations?.edges.map(({ node }) => node) ?? []}
          />
        </SettingsPart>
      )}
    </>
  );
}

function RolesExplained() {
  return (
    <>
      {ROLES.map(({ role, label, may }) => (
        <span key={role} style={{ display: 'block', marginTop: 4 }}>
          <strong>{label}</strong> {may}.
        </span>
      ))}
    </>
  );
}
