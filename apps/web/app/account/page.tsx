import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { AccountPage } from '@/accounts/account.graphql';
import { NobodySignsIn } from '@/accounts/NobodySignsIn';
import { PersonalTokens } from '@/accounts/PersonalTokens';
import { ProfileForm } from '@/accounts/ProfileForm';
import { SignInWays } from '@/accounts/SignInWays';
import { TeamsOfMine } from '@/accounts/TeamsOfMine';
import { signInAddress } from '@/accounts/way-back';
import { OlderLink } from '@/design/OlderLink';
import { PageHead } from '@/design/PageHead';
import { SettingsPart } from '@/design/SettingsPart';
import { readOnServer } from '@/graphql/server';

export const metadata: Metadata = { title: 'Account' };

interface Props {
  searchParams: Promise<{ after?: string | string[] }>;
}

export default async function AccountRoute({ searchParams }: Props) {
  const { after: given } = await searchParams;
  const after = typeof given === 'string' ? given : undefined;
  const { viewer } = await readOnServer(AccountPage, { after });
  if (viewer.kind === 'ANONYMOUS') redirect(signInAddress('/account'));
  if (!viewer.person) return <NobodySignsIn />;
  const memberships = viewer.memberships.edges.map(({ node }) => node);
  return (
    <div className="settings">
      <PageHead title="Account" about="What is yours alone: your name, the way in, and your programs' tokens." />
      <SettingsPart title="Profile" about="Others of your teams see both.">
        <ProfileForm person={viewer.person} />
      </SettingsPart>
      <SettingsPart title="Signing in" about="A session lasts for seven days after its last use.">
        <SignInWays />
      </SettingsPart>
      <SettingsPart
        title="Personal tokens"
        about="For your own programs. A token has your rights as they are when it is used, cut down to a scope. Programs that are nobody’s take a service token of a team."
      >
        <div className="stack">
          <PersonalTokens
            tokens={viewer.tokens.edges.map(({ node }) => node)}
            teams={memberships.map(({ team }) => team)}
          />
          <OlderLink page={viewer.tokens.pageInfo} href="/account" after={after} />
        </div>
      </SettingsPart>
      <SettingsPart
        title="Teams"
        about={
          <>
            Where you work. <Link href="/teams">All teams, and a new one</Link>
          </>
        }
      >
        {memberships.length === 0 ? (
          <p style={{ margin: 0 }}>You are in no team yet. Ask an admin of one for an invitation, or make your own.</p>
        ) : (
          <TeamsOfMine memberships={memberships} />
        )}
      </SettingsPart>
    </div>
  );
}
