import { DataTable } from '@/design/DataTable';
import type { ConfigDifferenceQuery } from '@/generated/graphql';

type Difference = ConfigDifferenceQuery['configDifference'][number];

interface Props {
  differences: readonly Difference[];
  /** What the two are called. */
  heads: readonly [string, string];
}

/** Fields in which two configs differ, the old value beside the new one. */
export function DifferenceTable({ differences, heads }: Props) {
  if (differences.length === 0) return <p className="muted">They say the same.</p>;
  return (
    <div className="panel" style={{ padding: 4 }}>
      <DataTable label="Changes" heads={[{ label: 'Field' }, ...heads.map((label) => ({ label }))]}>
        {differences.map(({ path, kind, before, after }) => (
          <tr key={path}>
            <td>
              <code>{path}</code>
            </td>
            <td>{kind === 'ADDED' ? <Nothing /> : <Value value={before} />}</td>
            <td>{kind === 'REMOVED' ? <Nothing /> : <Value value={after} />}</td>
          </tr>
        ))}
      </DataTable>
    </div>
  );
}

const Nothing = () => <span className="muted">not there</span>;

function Value({ value }: { value: unknown }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return (
    <code className="truncate" style={{ maxWidth: 420 }} title={text}>
      {text}
    </code>
  );
}
