import { Badge, Progress } from '@mantine/core';
import type { RunStatus } from '@/generated/graphql';
import { count } from '@/design/format';

const COLOURS: Record<RunStatus, string> = {
  QUEUED: 'gray',
  RUNNING: 'indigo',
  FINISHED: 'teal',
  FAILED: 'red',
  CANCELED: 'gray',
};

/** The status in a word; how far it is while it runs. */
export function StatusBadge({ status, done, total }: { status: RunStatus; done: number; total: number }) {
  if (status !== 'RUNNING') {
    return (
      <Badge variant="light" color={COLOURS[status]} size="sm" radius="sm">
        {status.toLowerCase()}
      </Badge>
    );
  }
  const share = total === 0 ? 0 : (done / total) * 100;
  return (
    <span style={{ display: 'inline-block', width: 110 }}>
      <span style={{ fontSize: 12 }}>
        running, {count(done)} of {count(total)}
      </span>
      <Progress value={share} size="sm" aria-label={`${Math.round(share)} % done`} />
    </span>
  );
}
