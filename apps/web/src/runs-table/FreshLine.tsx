import { Button } from '@mantine/core';
import { count } from '@/design/format';

/** Runs that have begun since the table was read: they come in when somebody wants them. */
export function FreshLine({ fresh, show }: { fresh: number; show: () => void }) {
  return (
    // Without runs it stands there for screen readers alone, and takes back the gap before it.
    <div role="status" style={fresh > 0 ? undefined : { marginTop: -10 }}>
      {fresh > 0 && (
        <Button size="compact-sm" variant="light" fullWidth onClick={show}>
          {count(fresh)} new {fresh === 1 ? 'run' : 'runs'}: show {fresh === 1 ? 'it' : 'them'}
        </Button>
      )}
    </div>
  );
}
