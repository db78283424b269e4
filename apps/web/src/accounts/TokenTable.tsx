'use client';

import { Badge, Button } from '@mantine/core';
import { DataTable } from '@/design/DataTable';
import { RelativeTime } from '@/design/RelativeTime';
import type { TokenRowFragment } from '@/generated/graphql';
import { roleLabel, scopeLabel } from './roles';

interface Props {
  label: string;
  tokens: readonly TokenRowFragment[];
  onRevoke: (token: TokenRowFragment) => void;
}

/** Tokens with what they may do and when they were used; those that have ended stay to be seen. */
export function TokenTable({ label, tokens, onRevoke }: Props) {
  return (
    <DataTable
      label={label}
      heads={[
        { label: 'Name' },
        { label: 'May' },
        { label: 'Made' },
        { label: 'Expires' },
        { label: 'Last used' },
        { label: 'Revoke', hidden: true },
      ]}
    >
      {tokens.map((token) => (
        <tr key={token.id} style={{ opacity: stateOf(token) === 'open' ? 1 : 0.7 }}>
          <td style={{ fontWeight: 550, overflowWrap: 'anywhere', minWidth: 120 }}>{token.name}</td>
          <td style={{ whiteSpace: 'nowrap' }}>{rightsOf(token)}</td>
          <td title={`by ${token.createdBy}`}>
            <RelativeTime value={token.createdAt} />
          </td>
          <td>{token.expiresAt ? <RelativeTime value={token.expiresAt} /> : 'never'}</td>
          <td>{token.lastUsedAt ? <RelativeTime value={token.lastUsedAt} /> : 'not yet'}</td>
          <td className="number">
            {stateOf(token) === 'open' ? (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => onRevoke(token)}
                aria-label={`Revoke ${token.name}`}
              >
                Revoke
              </Button>
            ) : (
              <Badge color="gray" variant="light">
                {stateOf(token)}
              </Badge>
            )}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

const rightsOf = ({ scope, role, team, kind }: TokenRowFragment): string =>
  [
    scopeLabel(scope).toLowerCase(),
    role ? `as ${roleLabel(role).toLowerCase()}` : '',
    kind === 'PERSONAL' && team ? `in ${team.name}` : '',
  ]
    .filter(Boolean)
    .join(' ');

function stateOf({ revokedAt, expiresAt }: TokenRowFragment): 'open' | 'revoked' | 'expired' {
  if (revokedAt) return 'revoked';
  return expiresAt && Date.parse(expiresAt) <= Date.now() ? 'expired' : 'open';
}
