import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { AuthCard } from '@/accounts/AuthCard';
import { NobodySignsIn } from '@/accounts/NobodySignsIn';
import { ProviderButton } from '@/accounts/ProviderButton';
import { SignInPage } from '@/accounts/sign-in.graphql';
import { SignInForm } from '@/accounts/SignInForm';
import { wayBack } from '@/accounts/way-back';
import { Refused } from '@/design/Refused';
import { readOnServer } from '@/graphql/server';

export const metadata: Metadata = { title: 'Sign in' };

interface Props {
  searchParams: Promise<{ next?: string | string[]; error?: string | string[] }>;
}

export default async function SignInRoute({ searchParams }: Props) {
  const { next: given, error } = await searchParams;
  const next = wayBack(typeof given === 'string' ? given : undefined);
  const { signIn, viewer } = await readOnServer(SignInPage, {});
  if (viewer.kind === 'PERSON') redirect(next);
  if (!signIn) return <NobodySignsIn />;
  if (signIn.signUp === 'FIRST') redirect(`/sign-up?next=${encodeURIComponent(next)}`);
  return (
    <AuthCard title="Sign in">
      <Refused>{typeof error === 'string' ? wordsOf(error) : undefined}</Refused>
      {signIn.provider && (
        <>
          <ProviderButton provider={signIn.provider} next={next} />
          <div className="auth-or">or</div>
        </>
      )}
      <SignInForm next={next} />
      <p className="muted" style={{ margin: 0 }}>
        {signIn.signUp === 'OPEN' ? (
          <>
            No account yet? <Link href={`/sign-up?next=${encodeURIComponent(next)}`}>Make one</Link>
          </>
        ) : (
          'A new account needs an invitation: ask an admin of a team for its link.'
        )}
      </p>
    </AuthCard>
  );
}

/** What a provider's way back says, by better-auth's codes. */
function wordsOf(code: string): string {
  if (code === 'account_not_linked') {
    return 'There is an account with a password under this email. Sign in with the password.';
  }
  if (code === 'access_denied') return 'The provider says that the sign-in was stopped.';
  return `The provider’s sign-in led to no account here (${code.slice(0, 80)}). You may need an invitation.`;
}
