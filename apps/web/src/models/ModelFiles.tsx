import { DataTable } from '@/design/DataTable';
import { Digest } from '@/design/Digest';
import { bytes } from '@/design/format';
import type { GraphFactsFragment, ModelFileFactsFragment } from '@/generated/graphql';

/** The files of a model, and what each says of itself. */
export function ModelFiles({ files }: { files: readonly ModelFileFactsFragment[] }) {
  return (
    <section className="stack" style={{ gap: 12 }} aria-label="Files">
      {files.map((file) => (
        <div key={file.place} className="panel">
          <div className="row spread">
            <h2 style={{ overflowWrap: 'anywhere' }}>{file.path ?? `File: ${file.place}`}</h2>
            <span className="row muted" style={{ gap: 12, fontSize: 13 }}>
              {bytes(Number(file.blob.size))}
              <span>
                SHA-256 <Digest value={file.blob.digest} />
              </span>
            </span>
          </div>
          {file.graph && <Ports graph={file.graph} />}
        </div>
      ))}
    </section>
  );
}

/** What a graph takes and gives. */
export function Ports({ graph }: { graph: GraphFactsFragment }) {
  const rows = [
    ...graph.inputs.map((port) => ({ direction: 'takes', ...port })),
    ...graph.outputs.map((port) => ({ direction: 'gives', ...port })),
  ];
  return (
    <div style={{ marginTop: 8 }}>
      <DataTable
        label="Inputs and outputs"
        heads={[{ label: 'Direction', hidden: true }, { label: 'Name' }, { label: 'Type' }, { label: 'Shape' }]}
      >
        {rows.map(({ direction, name, type, shape }) => (
          <tr key={`${direction} ${name}`}>
            <td className="muted">{direction}</td>
            <td>
              <code>{name}</code>
            </td>
            <td>{type ?? 'no tensor'}</td>
            <td>
              <code>{shape ? `[${shape.join(', ')}]` : 'not told'}</code>
            </td>
          </tr>
        ))}
      </DataTable>
    </div>
  );
}
