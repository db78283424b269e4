'use client';

import { NativeSelect } from '@mantine/core';
import type { SampleView } from '../view';

type Order = SampleView['order'];

const ORDERS: { label: string; order: Order; runs?: true }[] = [
  { label: 'In their order', order: { by: 'INDEX', direction: 'ASC' } },
  { label: 'Hardest first', order: { by: 'HARDNESS', direction: 'DESC' }, runs: true },
  { label: 'Easiest first', order: { by: 'HARDNESS', direction: 'ASC' }, runs: true },
  { label: 'Most confident first', order: { by: 'CONFIDENCE', direction: 'DESC' }, runs: true },
  { label: 'Least confident first', order: { by: 'CONFIDENCE', direction: 'ASC' }, runs: true },
  { label: 'Darkest first', order: { by: 'BRIGHTNESS', direction: 'ASC' } },
  { label: 'Brightest first', order: { by: 'BRIGHTNESS', direction: 'DESC' } },
  { label: 'Least contrast first', order: { by: 'CONTRAST', direction: 'ASC' } },
  { label: 'Most contrast first', order: { by: 'CONTRAST', direction: 'DESC' } },
  { label: 'Blurred first', order: { by: 'SHARPNESS', direction: 'ASC' } },
  { label: 'Sharpest first', order: { by: 'SHARPNESS', direction: 'DESC' } },
  { label: 'Smallest first', order: { by: 'WIDTH', direction: 'ASC' } },
  { label: 'Largest first', order: { by: 'WIDTH', direction: 'DESC' } },
];

const valueOf = ({ by, direction }: Order): string => `${by} ${direction}`;

export function OrderSelect({ view, change }: { view: SampleView; change: (view: SampleView) => void }) {
  const offered = ORDERS.filter(({ runs }) => !runs || view.runs.length > 0);
  return (
    <NativeSelect
      size="xs"
      aria-label="Order"
      value={valueOf(view.order)}
      onChange={(event) => {
        const chosen = offered.find(({ order }) => valueOf(order) === event.currentTarget.value);
        if (chosen) change({ ...view, order: chosen.order });
      }}
      data={offered.map(({ label, order }) => ({ value: valueOf(order), label }))}
    />
  );
}
