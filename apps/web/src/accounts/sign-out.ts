'use client';

import { tellProblem } from '@/design/tell';
import { askAuth } from './auth';

/** Ends the session of this browser. @param next the page that is loaded then, anew and as nobody */
export async function signOut(next = '/'): Promise<void> {
  const answer = await askAuth('sign-out', {});
  if ('refused' in answer) tellProblem('You are still signed in.', answer.refused);
  else location.assign(next);
}
