/** Which runs are compared, and which samples are shown; it lives in the page's address. */
export interface Selection {
  /** Bare ids, in the order of the columns. */
  runs: readonly string[];
  /** What the others are compared with: one of them. */
  reference: string;
  /** Whose classes and samples are shown beside the reference's. */
  beside: string;
  outcome: ComparedOutcome;
  /** By which the runs stand beside the reference. */
  metric: ComparedMetricName;
}

/** What the API compares, as people call it; those from −1 to 1 are shown in hundredths like the rest. */
export const METRICS = {
  accuracy: 'Accuracy',
  balancedAccuracy: 'Balanced accuracy',
  macroPrecision: 'Macro precision',
  macroF1: 'Macro F1',
  cohenKappa: 'Cohen’s kappa × 100',
  matthewsCorrelation: 'Matthews’ correlation × 100',
} as const;
export type ComparedMetricName = keyof typeof METRICS;

export const OUTCOMES = {
  FIXED: 'fixed',
  BROKEN: 'broken',
  BOTH_WRONG: 'both wrong',
  BOTH_RIGHT: 'both right',
} as const;
export type ComparedOutcome = keyof typeof OUTCOMES;

/** Most runs that the API compares at once. */
export const MOST_RUNS = 20;

const RUN = /^[1-9]\d{0,17}$/;

/** The runs that an address names, each once: perhaps too few or too many to compare. */
export const readRuns = (params: URLSearchParams): string[] => [
  ...new Set((params.get('runs') ?? '').split(',').filter((id) => RUN.test(id))),
];

/** @returns undefined where the address does not name 2 to 20 runs */
export function readSelection(params: URLSearchParams): Selection | undefined {
  const runs = readRuns(params);
  if (runs.length < 2 || runs.length > MOST_RUNS) return undefined;
  const one = (name: string, of: readonly string[]): string => {
    const id = params.get(name);
    return id !== null && of.includes(id) ? id : of[0]!;
  };
  const reference = one('reference', runs);
  const others = runs.filter((id) => id !== reference);
  const metric = params.get('metric');
  const outcome = Object.entries(OUTCOMES).find(([, word]) => word === params.get('samples'))?.[0];
  return {
    runs,
    reference,
    beside: one('beside', others),
    outcome: (outcome as ComparedOutcome | undefined) ?? 'FIXED',
    metric: metric !== null && Object.hasOwn(METRICS, metric) ? (metric as ComparedMetricName) : 'accuracy',
  };
}

/** The address of a selection; what is as it would be anyway is left out. */
export function addressOf({
  runs,
  reference,
  beside,
  outcome,
  metric,
}: Partial<Selection> & Pick<Selection, 'runs'>): string {
  const params = new URLSearchParams({ runs: runs.join(',') });
  if (reference !== undefined && reference !== runs[0]) params.set('reference', reference);
  if (beside !== undefined && beside !== runs.find((id) => id !== (reference ?? runs[0]))) params.set('beside', beside);
  if (outcome !== undefined && outcome !== 'FIXED') params.set('samples', OUTCOMES[outcome]);
  if (metric !== undefined && metric !== 'accuracy') params.set('metric', metric);
  // A comma needs no escape in a query, and links are read by people.
  return `/compare?${params.toString().replaceAll('%2C', ',')}`;
}

/** The address without a run; what it stood for is another's then. */
export const without = ({ runs, reference, beside, ...rest }: Selection, id: string): string =>
  addressOf({
    ...rest,
    runs: runs.filter((run) => run !== id),
    ...(reference !== id && { reference }),
    ...(beside !== id && reference !== id && { beside }),
  });

/** Of the predictions that are shown. */
export const comparedVariables = ({ beside, reference, outcome }: Selection) => ({
  id: `Run_${beside}`,
  comparedTo: `Run_${reference}`,
  outcome,
});
