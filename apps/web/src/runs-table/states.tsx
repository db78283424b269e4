import { Alert, Button } from '@mantine/core';
import { Empty } from '@/design/Empty';

/** Rows could not be read; what is shown stays. */
export function ReadingFailed({ message, retry }: { message: string; retry: () => void }) {
  return (
    <Alert color="red" title="The runs could not be read" role="alert">
      <div className="row spread">
        <span>{message}</span>
        <Button size="compact-sm" variant="default" onClick={retry}>
          Try again
        </Button>
      </div>
    </Alert>
  );
}

/** Nothing fits. */
export function NoRuns({ search, clear }: { search: string; clear: () => void }) {
  return (
    <Empty title="No run fits this search.">
      <p style={{ margin: '0 0 10px' }}>
        Archived runs are found by <code>is archived</code> only.
      </p>
      {search !== '' && (
        <Button size="xs" variant="default" onClick={clear}>
          Show all runs
        </Button>
      )}
    </Empty>
  );
}

export function GroupsNote() {
  return (
    <p className="muted" style={{ margin: 0, fontSize: 13 }}>
      These are the 200 largest groups. Search for fewer runs to see others.
    </p>
  );
}
