'use client';

import type { TypedDocumentNode } from '@urql/core';
import { useState, type SubmitEvent } from 'react';
import type { ProblemFragment } from '@/generated/graphql';
import { attempt, wordsOf, type Done } from './perform';

/** The text of a field by its name; empty where it is, or where there is none. */
export type Field = (name: string) => string;

interface Form<Data extends { result: { __typename: string } }, Variables extends object> {
  document: TypedDocumentNode<Data, Variables>;
  /** What is sent, of what the fields hold. */
  variables: (field: Field) => Variables;
  /** What follows once it is done. */
  done: (result: Done<Data>) => void;
  /** Whether its fields are for another one then. */
  clears?: boolean;
}

/** A form that does what a mutation says, and tells each field what is wrong with it. */
export function useForm<Data extends { result: { __typename: string } }, Variables extends object>({
  document,
  variables,
  done,
  clears = false,
}: Form<Data, Variables>) {
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<ProblemFragment[]>([]);
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    setBusy(true);
    const answer = await attempt(document, variables(readerOf(form)));
    setBusy(false);
    if ('problems' in answer) {
      setProblems(answer.problems);
      return;
    }
    setProblems([]);
    if (clears) form.reset();
    done(answer.done);
  };
  return {
    busy,
    onSubmit: (event: SubmitEvent<HTMLFormElement>) => void submit(event),
    /** What is wrong at a place such as `input.name`. */
    at: (place: string): string | undefined => {
      const problem = problems.find((p) => p.place === place);
      return problem && wordsOf(problem);
    },
    /** What is wrong at none of the places that fields show. */
    elsewhere: (shown: readonly string[]): string | undefined => {
      const others = problems.filter(({ place }) => place === null || !shown.includes(place));
      return others.length === 0 ? undefined : others.map(wordsOf).join(' ');
    },
  };
}

function readerOf(form: HTMLFormElement): Field {
  const data = new FormData(form);
  return (name) => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
}
