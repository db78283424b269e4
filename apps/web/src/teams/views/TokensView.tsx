import { OlderLink } from '@/design/OlderLink';
import { SettingsPart } from '@/design/SettingsPart';
import { readOnServer } from '@/graphql/server';
import { ServiceTokens } from '../ServiceTokens';
import { TeamTokens } from '../team.graphql';
import { viewAddress } from '../TeamFrame';
import type { ViewProps } from './view-props';

/** Tokens of a team, for programs that are nobody; and those of people that are bound to it. */
export async function TokensView({ team, after }: ViewProps) {
  const { team: read } = await readOnServer(TeamTokens, { slug: team.slug, after });
  if (!read) return null;
  return (
    <SettingsPart
      title="Service tokens"
      about="For programs that are nobody’s: a cluster, a pipeline. Each has a role of its own in this team, and stays when people leave. Personal tokens that are bound to the team are listed too."
    >
      <div className="stack">
        <ServiceTokens
          teamId={team.id}
          isOwner={team.viewerPermissions.includes('OWN')}
          tokens={read.tokens.edges.map(({ node }) => node)}
        />
        <OlderLink page={read.tokens.pageInfo} href={viewAddress(team.slug, 'tokens')} after={after} />
      </div>
    </SettingsPart>
  );
}
