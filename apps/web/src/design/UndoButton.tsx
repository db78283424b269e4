import { Button } from '@mantine/core';
import type { ReactNode } from 'react';

/** What is done, beside the way back. */
export function UndoButton({ message, undo }: { message: ReactNode; undo: () => void }) {
  return (
    <div className="row spread" style={{ flexWrap: 'nowrap' }}>
      <span>{message}</span>
      <Button size="compact-xs" variant="default" onClick={undo}>
        Undo
      </Button>
    </div>
  );
}
