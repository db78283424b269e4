import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { AuthCard } from '@/accounts/AuthCard';
import { NobodySignsIn } from '@/accounts/NobodySignsIn';
import { ProviderButton } from '@/accounts/ProviderButton';
import { SignInPage } from '@/accounts/sign-in.graphql';
import { SignUpForm } from '@/accounts/SignUpForm';
import { signInAddress, wayBack } from '@/accounts/way-back';
import { readOnServer } from '@/graphql/server';

export const metadata: Metadata = { title: 'Make an account' };

interface Props {
  searchParams: Promise<{ next?: string | string[] }>;
}

export default async function SignUpRoute({ searchParams }: Props) {
  const { next: given } = await searchParams;
  const next = wayBack(typeof given === 'string' ? given : undefined);
  const { signIn, viewer } = await readOnServer(SignInPage, {});
  if (viewer.kind === 'PERSON') redirect(next);
  if (!signIn) return <NobodySignsIn />;
  if (signIn.signUp === 'INVITATION') {
    return (
      <AuthCard
        title="An account needs an invitation"
        about="Ask an admin of a team for one: the link that it comes with leads to the form."
      >
        <p style={{ margin: 0 }}>
          <Link href={signInAddress(next)}>Sign in instead</Link>
        </p>
      </AuthCard>
    );
  }
  const isFirst = signIn.signUp === 'FIRST';
  return (
    <AuthCard
      title={isFirst ? 'Make the first account' : 'Make an account'}
      about={
        isFirst
          ? 'It owns all that is in this installation so far, and invites the others.'
          : 'An account alone sees what is public. Teams invite to more.'
      }
    >
      {signIn.provider && (
        <>
          <ProviderButton provider={signIn.provider} next={next} />
          <div className="auth-or">or</div>
        </>
      )}
      <SignUpForm next={next} />
      {!isFirst && (
        <p className="muted" style={{ margin: 0 }}>
          You have one? <Link href={signInAddress(next)}>Sign in</Link>
        </p>
      )}
    </AuthCard>
  );
}
