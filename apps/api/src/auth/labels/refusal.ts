import { InvalidInput, problem } from '@samplewise/domain';
import type { Split } from '@samplewise/database';

/** What is told to whom labels are hidden from. It depends on nothing but the splits. */
export const labelsAreHidden = (place: string, hidden: readonly Split[]): InvalidInput =>
  new InvalidInput(
    problem('LABELS_HIDDEN', `The labels of ${hidden.join(' and ')} are hidden, and this would tell of them.`, {
      place,
      mend: 'They are seen by admins and owners of the team alone, until they are shown.',
    }),
  );
