import { SYSTEM_METRIC_PREFIX } from '@samplewise/domain';
import type { Prisma } from '@samplewise/database';
import { builder } from '../builder.ts';

export const MetricKindEnum = builder.enumType('MetricKind', {
  description: 'What a metric is about.',
  values: {
    USER: { description: 'What the run is made for, such as `loss`.' },
    SYSTEM: { description: 'The machine that it is made on: names that begin with `system/`.' },
  } as const,
});

/** @param kind USER unless given: tables are not to be flooded */
export function metricsOfKind(
  kind: typeof MetricKindEnum.$inferType | null | undefined,
): Prisma.MetricSummaryWhereInput {
  const system = { key: { name: { startsWith: SYSTEM_METRIC_PREFIX } } };
  return kind === 'SYSTEM' ? system : { NOT: system };
}
