/** Paths within the page, which a figure opens onto. */
export const runPath = (runId: string): string => `/runs/${runId}`;

export const samplesPath = (runId: string, filter: Readonly<Record<string, string>>): string =>
  `/runs/${runId}?${new URLSearchParams(filter).toString()}`;

/** @param samples that the second run has right and the first wrong, or the reverse */
export const comparePath = (first: string, second: string, samples: 'fixed' | 'broken' = 'fixed'): string =>
  `/compare?runs=${first},${second}${samples === 'fixed' ? '' : `&samples=${samples}`}`;

export const datasetPath = (versionId: string): string => `/datasets/${versionId}`;

export const auditPath = (versionId: string): string => `/datasets/${versionId}/audit`;
