'use client';

import { Button } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { DataTable } from '@/design/DataTable';
import { Digest } from '@/design/Digest';
import { perform } from '@/design/perform';
import { RelativeTime } from '@/design/RelativeTime';
import { tellDone } from '@/design/tell';
import type { LinkItemFragment, SnapshotItemFragment } from '@/generated/graphql';
import { DownloadMenu } from './DownloadMenu';
import { EmbedCode, type SharedAt } from './EmbedCode';
import { LinkDialog } from './LinkDialog';
import { RevokeLink } from './sharing.graphql';

interface Props {
  snapshot: SnapshotItemFragment;
  mayShare: boolean;
}

/** A frozen copy: its files, and the addresses at which others read it. */
export function SnapshotPanel({ snapshot, mayShare }: Props) {
  const { id, number, digest, createdAt, sealed } = snapshot;
  const [asks, setAsks] = useState(false);
  const [shared, setShared] = useState<SharedAt>();
  const links = snapshot.links.edges.map(({ node }) => node);
  return (
    <section className="panel stack" style={{ gap: 12 }} aria-label={`Snapshot ${number}`}>
      <div className="row spread">
        <div>
          <h2>Snapshot {number}</h2>
          <p className="muted" style={{ margin: '2px 0 0', fontSize: 13 }}>
            <RelativeTime value={createdAt} /> · <Digest value={digest} />
          </p>
        </div>
        <div className="row">
          <DownloadMenu path={`/snapshots/${id}/report`} citable />
          {mayShare && !sealed && (
            <Button size="xs" onClick={() => setAsks(true)}>
              Share
            </Button>
          )}
        </div>
      </div>
      {sealed && (
        <p className="muted" style={{ margin: 0, fontSize: 13 }}>
          Its figures rest on hidden labels, so that it can not be shared.
        </p>
      )}
      {shared && <EmbedCode shared={shared} />}
      {links.length > 0 && <Links links={links} mayShare={mayShare} />}
      {asks && (
        <LinkDialog
          snapshotId={id}
          close={() => setAsks(false)}
          made={(made) => {
            setShared(made);
            setAsks(false);
          }}
        />
      )}
    </section>
  );
}

function Links({ links, mayShare }: { links: readonly LinkItemFragment[]; mayShare: boolean }) {
  const router = useRouter();
  const [busy, setBusy] = useState<string>();
  const revoke = async (linkId: string): Promise<void> => {
    setBusy(linkId);
    const done = await perform(RevokeLink, { input: { linkId } }, 'The link was not revoked');
    setBusy(undefined);
    if (!done) return;
    tellDone('The link is revoked.');
    router.refresh();
  };
  return (
    <DataTable
      label="Links"
      heads={[{ label: 'Link' }, { label: 'Made' }, { label: 'Ends' }, { label: 'State' }, { label: '', hidden: true }]}
    >
      {links.map(({ id, createdAt, expiresAt, revokedAt, hasPassword }) => {
        const state = stateOf({ revokedAt, expiresAt });
        return (
          <tr key={id}>
            <td>
              Link {id.slice(id.indexOf('_') + 1)}
              {hasPassword && <span className="muted"> · asks for a password</span>}
            </td>
            <td className="muted">
              <RelativeTime value={createdAt} />
            </td>
            <td className="muted">{expiresAt ? new Date(expiresAt).toISOString().slice(0, 10) : 'never'}</td>
            <td>{state}</td>
            <td className="number">
              {mayShare && state === 'open' && (
                <Button
                  size="compact-xs"
                  variant="default"
                  loading={busy === id}
                  aria-label={`Revoke link ${id.slice(id.indexOf('_') + 1)}`}
                  onClick={() => void revoke(id)}
                >
                  Revoke
                </Button>
              )}
            </td>
          </tr>
        );
      })}
    </DataTable>
  );
}

function stateOf({ revokedAt, expiresAt }: Pick<LinkItemFragment, 'revokedAt' | 'expiresAt'>): string {
  if (revokedAt) return 'revoked';
  return expiresAt && new Date(expiresAt) <= new Date() ? 'expired' : 'open';
}
