import { IconMapSearch } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { SignInHere } from '@/accounts/SignInHere';
import { LinkButton } from '@/design/LinkButton';
import { RememberedFrame } from '@/shell/RememberedFrame';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <RememberedFrame>
      <div className="trouble">
        <IconMapSearch size={32} stroke={1.5} aria-hidden="true" className="muted" />
        <h1>There is nothing at this address.</h1>
        <p className="muted">It may have been deleted, the link may be incomplete, or you may not see it.</p>
        <div className="row">
          <SignInHere />
          <LinkButton href="/projects" variant="default">
            All projects
          </LinkButton>
        </div>
      </div>
    </RememberedFrame>
  );
}
