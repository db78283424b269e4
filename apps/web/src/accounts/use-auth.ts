'use client';

import { useState, type SubmitEvent } from 'react';
import { askAuth } from './auth';

/**
 * A form that asks /auth.
 * @param done what follows; the whole page is loaded anew where another person is on it then
 */
export function useAuth(path: string, toBody: (form: FormData) => object, done: (data: object) => void) {
  const [state, setState] = useState<{ busy: boolean; refused?: string }>({ busy: false });
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setState({ busy: true });
    const answer = await askAuth(path, toBody(new FormData(event.currentTarget)));
    if ('refused' in answer) setState({ busy: false, refused: answer.refused });
    else done(answer.data);
  };
  return { ...state, submit: (event: SubmitEvent<HTMLFormElement>) => void submit(event) };
}
