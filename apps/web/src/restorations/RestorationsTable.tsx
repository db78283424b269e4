import Link from 'next/link';
import { BestRun } from '@/configs/BestRun';
import { DataTable } from '@/design/DataTable';
import { bareId, count } from '@/design/format';
import { RelativeTime } from '@/design/RelativeTime';
import type { RestorationRowFragment } from '@/generated/graphql';

/** The newest version of each restoration. */
export function RestorationsTable({ restorations }: { restorations: readonly RestorationRowFragment[] }) {
  return (
    <div className="panel" style={{ padding: 4 }}>
      <DataTable
        label="Restorations"
        heads={[
          { label: 'Restoration' },
          { label: 'Steps' },
          { label: 'Version', number: true },
          { label: 'Runs', number: true, hint: 'Of all versions' },
          { label: 'Best accuracy %', number: true, hint: 'Of all versions, whatever model and samples were' },
          { label: 'Last run' },
        ]}
      >
        {restorations.map(({ id, name, version, stages, usage }) => {
          const steps = stages.map(({ title }) => title).join(' → ');
          return (
            <tr key={id}>
              <td style={{ maxWidth: 300 }}>
                <Link
                  href={`/restorations/${bareId(id)}`}
                  className="truncate"
                  title={name}
                  style={{ fontWeight: 550 }}
                >
                  {name}
                </Link>
              </td>
              <td style={{ maxWidth: 360 }}>
                <span className="truncate muted" title={steps}>
                  {steps === '' ? 'none: pictures stay as they are' : steps}
                </span>
              </td>
              <td className="number">{version}</td>
              <td className="number">{count(usage.runs)}</td>
              <td className="number">
                <BestRun run={usage.bestRun} />
              </td>
              <td className="muted" style={{ whiteSpace: 'nowrap' }}>
                {usage.latestRun ? <RelativeTime value={usage.latestRun.createdAt} /> : 'never'}
              </td>
            </tr>
          );
        })}
      </DataTable>
    </div>
  );
}
