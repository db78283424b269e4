import { Button } from '@mantine/core';
import { count } from '@/design/format';

/** Runs that have begun since the table was read: they come in when somebody wants them. */
export function FreshLine({ fresh, show }: { fresh: number; show: () => void }) {
  return (
    <div role="status">
      {fresh > 0 && (
        <Button size="compact-sm" variant="light" fullWidth onClick={show}>
          {count(fresh)} new {fresh === 1 ? 'run' : 'runs'}: show {fresh === 1 ? 'it' : 'them'}
        </Button>
      )}
    </div>
  );
}
