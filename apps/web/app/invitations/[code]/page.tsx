import type { Metadata } from 'next';
import Link from 'next/link';
import { AcceptButton } from '@/accounts/AcceptButton';
import { AuthCard } from '@/accounts/AuthCard';
import { ROLES, roleLabel } from '@/accounts/roles';
import { InvitationPage } from '@/accounts/sign-in.graphql';
import { SignInForm } from '@/accounts/SignInForm';
import { SignOutButton } from '@/accounts/SignOutButton';
import { SignUpForm } from '@/accounts/SignUpForm';
import { RelativeTime } from '@/design/RelativeTime';
import type { InvitationPageQuery } from '@/generated/graphql';
import { readOnServer } from '@/graphql/server';

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' };

type Invitation = NonNullable<InvitationPageQuery['invitation']>;

interface Props {
  params: Promise<{ code: string }>;
}

export default async function InvitationRoute({ params }: Props) {
  const { code: token } = await params;
  const { invitation, viewer } = await readOnServer(InvitationPage, { token });
  if (!invitation) {
    return (
      <AuthCard
        title="This invitation opens nothing any more"
        about="It was accepted or taken back, has expired after a week, or the link is incomplete. Ask for another one."
      >
        <p style={{ margin: 0 }}>
          <Link href="/">All projects</Link>
        </p>
      </AuthCard>
    );
  }
  const { team, role, invitedBy, expiresAt } = invitation;
  const may = ROLES.find((r) => r.role === role)!.may;
  return (
    <AuthCard
      title={`Come into ${team}`}
      about={
        <>
          {invitedBy} invites you as {roleLabel(role).toLowerCase()}: somebody who {may}. The link opens until{' '}
          <RelativeTime value={expiresAt} />.
        </>
      }
    >
      <Way invitation={invitation} viewer={viewer} token={token} />
    </AuthCard>
  );
}

/** What has to be done next, by whoever it is that holds the link. */
function Way({
  invitation,
  viewer,
  token,
}: {
  invitation: Invitation;
  viewer: InvitationPageQuery['viewer'];
  token: string;
}) {
  const here = `/invitations/${encodeURIComponent(token)}`;
  const { email, hasAccount } = invitation;
  if (viewer.person?.email.toLowerCase() === email) return <AcceptButton token={token} />;
  if (viewer.person) {
    return (
      <>
        <p style={{ margin: 0 }}>
          It is for {email}, and you have signed in as {viewer.person.email}.
        </p>
        <SignOutButton next={here}>Sign out, to come in as {email}</SignOutButton>
      </>
    );
  }
  if (hasAccount) return <SignInForm next={here} email={email} />;
  return <SignUpForm next="/" invited={{ email, token }} />;
}
