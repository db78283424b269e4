import type { Split } from '@samplewise/domain';

/** Both ends inclusive. What is not known lies in no range. */
export interface Range {
  min?: number | undefined;
  max?: number | undefined;
}

/** What is measured of images. */
export const STATISTICS = ['brightness', 'contrast', 'sharpness', 'width', 'height'] as const;
export type Statistic = (typeof STATISTICS)[number];

/** How the runs that are looked at answer a sample; no answer is wrong. */
export type Agreement = 'ALL_RIGHT' | 'ALL_WRONG' | 'SOME_RIGHT' | 'SAME_ANSWER' | 'OTHER_ANSWERS';

/** A run that is looked at, and what must hold of its answer. */
export interface RunCondition {
  runId: bigint;
  /** Classes. */
  predicted?: readonly string[] | undefined;
  correct?: boolean | undefined;
  /** Whether it has an answer. */
  answered?: boolean | undefined;
  confidence?: Range | undefined;
}

/** Which samples: everything that is said holds together. */
export interface SampleFilter extends Partial<Record<Statistic, Range | undefined>> {
  splits?: readonly Split[] | undefined;
  /** True classes. */
  labels?: readonly string[] | undefined;
  /** Whether the image shows nothing. */
  blank?: boolean | undefined;
  /** Whether the image can not be read. */
  unreadable?: boolean | undefined;
  /** A duplicate stands in one of these splits, which come before the sample's own. */
  leakedFrom?: readonly Split[] | undefined;
  runs?: readonly RunCondition[] | undefined;
  agreement?: readonly Agreement[] | undefined;
}

export type OrderBy = 'INDEX' | 'CONFIDENCE' | 'HARDNESS' | Uppercase<Statistic>;

export interface SampleOrder {
  by: OrderBy;
  direction: 'ASC' | 'DESC';
}

export interface SampleQuery {
  filter: SampleFilter;
  order: SampleOrder;
}
