import { count } from '@/design/format';
import type { ComparePageQuery, RunBesideFragment } from '@/generated/graphql';
import { metricOf } from './RunsBeside';
import { points, pValue, verdictOf } from './verdict';

interface Props {
  comparison: ComparePageQuery['comparison'];
  beside: RunBesideFragment;
  /** With their numbers: runs may share a name. */
  names: { run: string; reference: string };
}

/** The question of the page, answered in a sentence. */
export function Answer({ comparison, beside, names }: Props) {
  const { mcnemar, outcomes } = beside;
  const { difference } = metricOf(beside, 'accuracy');
  const verdict = verdictOf(mcnemar.adjustedP, outcomes.fixed, outcomes.broken);
  const size = difference.value == null ? '' : points(Math.abs(difference.value)).replace(/^[+±−]/, '');
  const between =
    difference.low == null || difference.high == null
      ? ''
      : `, between ${points(difference.low)} and ${points(difference.high)} at 95\u00a0%`;
  return (
    <p style={{ margin: 0, maxWidth: 860, fontSize: 16, lineHeight: 1.5 }}>
      {verdict === 'no difference shown' ? (
        <>
          These samples do not show that <strong>{names.run}</strong> and <strong>{names.reference}</strong> differ:{' '}
          {size} points of accuracy{between}.
        </>
      ) : (
        <>
          <strong>{names.run}</strong> is {verdict} than <strong>{names.reference}</strong> by {size} points of accuracy
          {between}.
        </>
      )}{' '}
      It fixes {count(outcomes.fixed)} samples and breaks {count(outcomes.broken)} (McNemar’s mid-p, corrected by Holm:{' '}
      {pValue(mcnemar.adjustedP)}).
      {comparison.runs.length > 1 && ` Over all runs, Cochran’s Q gives p ${equals(comparison.cochranQ)}.`}
    </p>
  );
}

const equals = (p: number): string => (p < 0.001 ? pValue(p) : `= ${pValue(p)}`);
