'use client';

import { NativeSelect } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { addressOf, METRICS, type ComparedMetricName, type Selection } from './selection';

/** By which metric the runs stand beside the reference. */
export function MetricChoice({ selection }: { selection: Selection }) {
  const router = useRouter();
  return (
    <NativeSelect
      size="xs"
      aria-label="Metric"
      value={selection.metric}
      onChange={(event) =>
        router.push(addressOf({ ...selection, metric: event.currentTarget.value as ComparedMetricName }), {
          scroll: false,
        })
      }
      data={Object.entries(METRICS).map(([value, label]) => ({ value, label }))}
    />
  );
}
