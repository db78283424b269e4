import { SettingsPart } from '@/design/SettingsPart';
import { DeleteTeamButton } from '../DeleteTeamButton';
import { TeamForm } from '../TeamForm';
import type { ViewProps } from './view-props';

/** The name of a team, and its end. */
export function SettingsView({ team }: ViewProps) {
  return (
    <>
      <SettingsPart title="Name" about="Its address stays, so that links do.">
        <TeamForm team={team} />
      </SettingsPart>
      {team.viewerPermissions.includes('OWN') && (
        <SettingsPart
          title="Delete the team"
          about="Its members, invitations and tokens go with it, and do not come back. It must have no projects any more, those in the bin included."
          danger
        >
          <DeleteTeamButton team={team} />
        </SettingsPart>
      )}
    </>
  );
}
