'use client';

import { useState, type SubmitEvent } from 'react';
import { askAuth } from './auth';

/**
 * A form that asks /auth.
 * @param done what follows; the whole page is loaded anew where another person is on it then
 * @param leaves whether it leads away, so that nothing can be sent twice meanwhile
 */
export function useAuth(
  path: string,
  toBody: (form: FormData) => object,
  done: (data: object) => void,
  leaves = false,
) {
  const [state, setState] = useState<{ busy: boolean; refused?: string }>({ busy: false });
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setState({ busy: true });
    const form = event.currentTarget;
    const answer = await askAuth(path, toBody(new FormData(form)));
    if ('refused' in answer) {
      setState({ busy: false, refused: answer.refused });
      return;
    }
    setState({ busy: leaves });
    form.reset();
    done(answer.data);
  };
  return { ...state, submit: (event: SubmitEvent<HTMLFormElement>) => void submit(event) };
}
