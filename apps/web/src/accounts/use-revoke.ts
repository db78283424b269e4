'use client';

import { useRouter } from 'next/navigation';
import { perform } from '@/design/perform';
import { tellDone } from '@/design/tell';
import type { TokenRowFragment } from '@/generated/graphql';
import { RevokeToken } from './tokens.graphql';

/** Ends a token at once, and shows the page as it is then. */
export function useRevoke(): (token: TokenRowFragment) => void {
  const router = useRouter();
  return ({ id, name }) => {
    void perform(RevokeToken, { input: { tokenId: id } }, `‘${name}’ was not revoked`).then((done) => {
      if (!done) return;
      tellDone(`‘${name}’ opens nothing any more.`);
      router.refresh();
    });
  };
}
