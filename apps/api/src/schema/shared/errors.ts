import { InvalidInput, type Problem } from '@samplewise/domain';
import { builder } from '../builder.ts';

export const ProblemRef = builder.objectRef<Problem>('Problem').implement({
  description: 'One thing that is wrong: what, where, which value, and how to mend it.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable; the list is in docs/errors.md.' }),
    message: t.exposeString('message', { description: 'A sentence for people.' }),
    place: t.exposeString('place', { nullable: true, description: 'Field, row and column, or file.' }),
    value: t.exposeString('value', { nullable: true, description: 'The offending value, shortened.' }),
    mend: t.exposeString('mend', { nullable: true, description: 'What to do about it.' }),
  }),
});

const ErrorRef = builder.interfaceRef<Error>('Error').implement({
  description: 'An expected failure of a mutation.',
  fields: (t) => ({ message: t.exposeString('message', { description: 'A sentence for people.' }) }),
});

builder.objectType(InvalidInput, {
  name: 'InvalidInputError',
  description: 'The input can not be accepted. Nothing has been changed.',
  interfaces: [ErrorRef],
  fields: (t) => ({
    problems: t.field({
      type: [ProblemRef],
      description: 'Everything that is wrong with it.',
      resolve: ({ problems }) => [...problems],
    }),
  }),
});
