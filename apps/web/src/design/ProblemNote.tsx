import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ProblemFragment } from '@/generated/graphql';

interface Props {
  title: string;
  problem: ProblemFragment;
  /** The way on. */
  children?: ReactNode;
}

/** What is wrong, where, with which value, and what to do. */
export function ProblemNote({ title, problem, children }: Props) {
  return (
    <Alert color="red" title={title} role="alert">
      <p style={{ margin: 0, overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>{problem.message}</p>
      <dl
        style={{
          display: 'grid',
          gridTemplateColumns: 'max-content 1fr',
          gap: '4px 12px',
          margin: '8px 0 0',
          overflowWrap: 'anywhere',
        }}
      >
        {problem.place && <Entry name="Where" value={problem.place} />}
        {problem.value && <Entry name="Value" value={problem.value} />}
        {problem.mend && <Entry name="What to do" value={problem.mend} />}
      </dl>
      {children && <p style={{ margin: '8px 0 0' }}>{children}</p>}
    </Alert>
  );
}

function Entry({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className="muted">{name}</dt>
      <dd style={{ margin: 0 }}>{value}</dd>
    </>
  );
}
