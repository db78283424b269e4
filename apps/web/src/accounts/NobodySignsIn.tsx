import { LinkButton } from '@/design/LinkButton';
import { AuthCard } from './AuthCard';

/** Where the server knows no accounts. */
export function NobodySignsIn() {
  return (
    <AuthCard
      title="Nobody signs in here"
      about="This installation works without accounts: whoever reaches it may use it. Its operator can change that with SAMPLEWISE_AUTH_SECRET."
    >
      <LinkButton href="/">To the projects</LinkButton>
    </AuthCard>
  );
}
