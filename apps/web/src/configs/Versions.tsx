'use client';

import { NativeSelect } from '@mantine/core';
import Link from 'next/link';
import { DataTable } from '@/design/DataTable';
import { Digest } from '@/design/Digest';
import { bareId } from '@/design/format';
import { RelativeTime } from '@/design/RelativeTime';
import { Loading, SkeletonLines } from '@/design/Skeleton';
import { useAddress } from '@/design/use-address';
import { useRead } from '@/design/use-read';
import type { ConfigVersionRowFragment } from '@/generated/graphql';
import { DifferenceTable } from './DifferenceTable';
import { ConfigDifference } from './documents';

interface Props {
  /** The newest first. */
  versions: readonly ConfigVersionRowFragment[];
  current: string;
  /** Of the pages of this kind of config. */
  path: '/models' | '/restorations';
}

/** All configs of a name, and what one of them changed; which two are compared is in the address. */
export function Versions({ versions, current, path }: Props) {
  const [params, change] = useAddress();
  const at = versions.findIndex(({ id }) => id === current);
  const before = versions.find(({ id }) => bareId(id) === params.get('before'))?.id ?? versions[at + 1]?.id;
  const other = before ?? versions.find(({ id }) => id !== current)?.id;
  const numberOf = (id: string): string => `Version ${versions.find((one) => one.id === id)?.version ?? '?'}`;
  return (
    <div className="stack" style={{ gap: 12 }}>
      <div className="panel" style={{ padding: 4 }}>
        <DataTable label="Versions" heads={[{ label: 'Version' }, { label: 'Registered' }, { label: 'Digest' }]}>
          {versions.map(({ id, version, createdAt, digest }) => (
            <tr key={id} aria-current={id === current ? 'true' : undefined}>
              <td>
                {id === current ? (
                  <strong>Version {version}, this one</strong>
                ) : (
                  <Link href={`${path}/${bareId(id)}`}>Version {version}</Link>
                )}
              </td>
              <td className="muted">
                <RelativeTime value={createdAt} />
              </td>
              <td>
                <Digest value={digest} />
              </td>
            </tr>
          ))}
        </DataTable>
      </div>
      {other !== undefined && (
        <div className="stack" style={{ gap: 8 }}>
          <NativeSelect
            label="Compared with"
            size="xs"
            style={{ maxWidth: 260 }}
            value={other}
            onChange={(event) => change({ before: bareId(event.currentTarget.value) })}
            data={versions
              .filter(({ id }) => id !== current)
              .map(({ id, version }) => ({ value: id, label: `Version ${version}` }))}
          />
          <Changes before={other} after={current} heads={[numberOf(other), 'This version']} />
        </div>
      )}
    </div>
  );
}

interface ChangesProps {
  before: string;
  after: string;
  heads: readonly [string, string];
}

function Changes({ before, after, heads }: ChangesProps) {
  const { data, error } = useRead(ConfigDifference, { before, after });
  if (error !== undefined) return <p role="alert">{error}</p>;
  if (!data) {
    return (
      <Loading what="Comparing">
        <SkeletonLines lines={3} />
      </Loading>
    );
  }
  return <DifferenceTable differences={data.configDifference} heads={heads} />;
}
