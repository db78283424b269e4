import { DataTable } from '@/design/DataTable';
import { OlderLink } from '@/design/OlderLink';
import { RelativeTime } from '@/design/RelativeTime';
import { readOnServer } from '@/graphql/server';
import { changesOf, deedOf } from '../audit';
import { TeamAuditLog } from '../team.graphql';
import { viewAddress } from '../TeamFrame';
import type { ViewProps } from './view-props';

/** Who did what to a team and in it. */
export async function AuditView({ team, after }: ViewProps) {
  const { team: read } = await readOnServer(TeamAuditLog, { slug: team.slug, after });
  if (!read) return null;
  const { edges, pageInfo } = read.auditLog;
  return (
    <div className="stack" style={{ gap: 12 }}>
      <p className="muted" style={{ margin: 0 }}>
        What was done, newest first. Nobody can change or delete an entry.
      </p>
      <div className="panel" style={{ padding: 4 }}>
        <DataTable
          label="Audit log"
          heads={[{ label: 'When' }, { label: 'Who' }, { label: 'What' }, { label: 'Changed' }]}
        >
          {edges.map(({ cursor, node: entry }) => (
            <tr key={cursor}>
              <td style={{ whiteSpace: 'nowrap' }}>
                <RelativeTime value={entry.createdAt} />
              </td>
              <td style={{ overflowWrap: 'anywhere', minWidth: 120 }}>
                {entry.actorName}
                {entry.actorKind === 'TOKEN' && <span className="muted"> (a token)</span>}
              </td>
              <td style={{ overflowWrap: 'anywhere', minWidth: 160 }} title={entry.action}>
                {deedOf(entry.action)} {entry.target && <span className="muted">{entry.target}</span>}
              </td>
              <td className="muted" style={{ overflowWrap: 'anywhere', minWidth: 140 }}>
                {changesOf(entry.changes)}
              </td>
            </tr>
          ))}
        </DataTable>
      </div>
      <OlderLink page={pageInfo} href={viewAddress(team.slug, 'audit')} after={after} />
    </div>
  );
}
