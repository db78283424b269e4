import type { SamplewiseClient } from '@samplewise/client';
import { HOSTILE_NAMES } from './hostile.ts';
import { mutate } from './target.ts';

const VIEWS = [
  {
    name: 'Best first',
    search: 'finished',
    order: [{ metric: { key: 'accuracy' }, direction: 'DESC' }],
    columns: [
      { kind: 'METRIC', key: 'accuracy' },
      { kind: 'METRIC', key: 'macro_f1' },
      { kind: 'PARAM', key: 'optimizer.lr' },
    ],
  },
  { name: 'What failed lately', search: 'failed', order: [{ field: 'CREATED', direction: 'DESC' }] },
  { name: HOSTILE_NAMES[2], search: 'tag.stage = final' },
];

export async function createViews(client: SamplewiseClient, projectId: string): Promise<void> {
  for (const view of VIEWS) await mutate(client, 'createSavedView', { ...view, projectId }, 'savedView { id }');
}
