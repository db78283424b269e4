'use client';

import { mapExchange, type Exchange } from '@urql/core';
import { signInAddress } from '@/accounts/way-back';
import { needsSignIn } from './needs-sign-in';

/** Where a session has ended, or there never was one, leads to the sign-in and back to where somebody was. */
export const toSignIn: Exchange = mapExchange({
  onResult: ({ data, error }) => {
    if (needsSignIn(data, error)) location.assign(signInAddress(`${location.pathname}${location.search}`));
  },
});
