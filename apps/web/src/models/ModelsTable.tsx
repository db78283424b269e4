import { Badge } from '@mantine/core';
import Link from 'next/link';
import { BestRun } from '@/configs/BestRun';
import { DataTable } from '@/design/DataTable';
import { bareId, count } from '@/design/format';
import { RelativeTime } from '@/design/RelativeTime';
import type { ModelRowFragment } from '@/generated/graphql';
import { KINDS } from './kinds';

/** The newest version of each model. */
export function ModelsTable({ models }: { models: readonly ModelRowFragment[] }) {
  return (
    <div className="panel" style={{ padding: 4 }}>
      <DataTable
        label="Models"
        heads={[
          { label: 'Model' },
          { label: 'Kind' },
          { label: 'Version', number: true },
          { label: 'Classes', number: true },
          { label: 'Runs', number: true, hint: 'Of all versions' },
          { label: 'Best accuracy %', number: true, hint: 'Of all versions, whatever the samples were' },
          { label: 'Last run' },
        ]}
      >
        {models.map(({ id, name, kind, version, labels, usage }) => (
          <tr key={id}>
            <td style={{ maxWidth: 360 }}>
              <Link href={`/models/${bareId(id)}`} className="truncate" title={name} style={{ fontWeight: 550 }}>
                {name}
              </Link>
            </td>
            <td>
              <Badge variant="light" color="gray" size="sm" radius="sm" style={{ textTransform: 'none' }}>
                {KINDS[kind]}
              </Badge>
            </td>
            <td className="number">{version}</td>
            <td className="number" title={labels.slice(0, 30).join(', ')}>
              {count(labels.length)}
            </td>
            <td className="number">{count(usage.runs)}</td>
            <td className="number">
              <BestRun run={usage.bestRun} />
            </td>
            <td className="muted" style={{ whiteSpace: 'nowrap' }}>
              {usage.latestRun ? <RelativeTime value={usage.latestRun.createdAt} /> : 'never'}
            </td>
          </tr>
        ))}
      </DataTable>
    </div>
  );
}
