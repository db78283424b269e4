import { count } from '@/design/format';

/** Beyond so many, the rest is shown when it is asked for. */
const FIRST = 40;

/** The classes of a model in the order of its outputs. */
export function Labels({ labels }: { labels: readonly string[] }) {
  const rest = labels.slice(FIRST);
  return (
    <div>
      <ol className="chips" aria-label="Classes">
        {labels.slice(0, FIRST).map((label, i) => (
          <li key={label}>
            <span className="muted">{i}</span> {label}
          </li>
        ))}
      </ol>
      {rest.length > 0 && (
        <details style={{ marginTop: 8 }}>
          <summary className="muted">{count(rest.length)} more</summary>
          <p style={{ overflowWrap: 'anywhere' }}>{rest.join(', ')}</p>
        </details>
      )}
    </div>
  );
}
