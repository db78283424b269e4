/** Which predictions the gallery shows; it lives in the page's address, so that a cell of the matrix is a link. */
export interface Filter {
  truth?: string;
  predicted?: string;
  correct?: boolean;
  none?: boolean;
}

export function readFilter(params: URLSearchParams): Filter {
  const filter: Filter = {};
  const truth = params.get('truth');
  const predicted = params.get('predicted');
  const only = params.get('only');
  if (truth !== null) filter.truth = truth;
  if (predicted !== null) filter.predicted = predicted;
  if (only === 'right') filter.correct = true;
  if (only === 'wrong') filter.correct = false;
  if (only === 'none') filter.none = true;
  return filter;
}

export function writeFilter({ truth, predicted, correct, none }: Filter): string {
  const params = new URLSearchParams();
  if (truth !== undefined) params.set('truth', truth);
  if (predicted !== undefined) params.set('predicted', predicted);
  if (correct !== undefined) params.set('only', correct ? 'right' : 'wrong');
  if (none === true) params.set('only', 'none');
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** 'angry predicted as fear', for headings. */
export function describeFilter({ truth, predicted, correct, none }: Filter): string {
  if (none) return truth === undefined ? 'without a prediction' : `${truth}, without a prediction`;
  const parts = [truth, predicted === undefined ? undefined : `predicted as ${predicted}`].filter(
    (p) => p !== undefined,
  );
  if (correct !== undefined) parts.push(correct ? 'right' : 'wrong');
  return parts.length === 0 ? 'all' : parts.join(' ');
}
