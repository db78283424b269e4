import type { BoardHeadFragment } from '@/generated/graphql';

/** What ranks and groups mean, and by which tests. */
export function Certainty({ result }: { result: NonNullable<BoardHeadFragment['result']> }) {
  const { test, grouped, confidence } = result;
  return (
    <p className="muted" style={{ fontSize: 13, margin: 0, maxWidth: 820 }}>
      {test == null ? (
        'No samples stand behind this metric, so that nothing tells how sure the ranks are.'
      ) : (
        <>
          Ranks are {Math.round(100 * confidence)} % confidence sets, valid for all entries together, from pairwise
          tests by {test === 'mcnemar mid-p' ? 'McNemar (mid-p)' : `a ${test}`} with Holm’s correction.
          {grouped && ' A bar joins entries that can not be told apart; those that share none differ.'}
        </>
      )}
    </p>
  );
}
