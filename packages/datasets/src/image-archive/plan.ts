import type { Split } from '@samplewise/domain';

/** Which files of an archive become which samples. */
export interface Plan {
  labels: readonly string[];
  /** In the order of the version's manifest. */
  samples: readonly PlannedSample[];
}

export interface PlannedSample {
  /** Safe path in the archive. */
  path: string;
  split: Split;
  label: string;
}
