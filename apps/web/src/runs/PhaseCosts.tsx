import { DataTable, type Head } from '@/design/DataTable';
import { bytes, count, duration } from '@/design/format';
import type { RunDetailFragment } from '@/generated/graphql';

const COST_BY_PHASE_HEADS: readonly Head[] = [
  { label: 'Phase' },
  { label: 'Wall', number: true },
  { label: 'Share', hidden: true },
  { label: 'CPU', number: true },
  { label: 'Peak memory', number: true },
  { label: 'From cache', number: true },
];

const NAMES = {
  PREPROCESSING: 'Preprocessing and restoration',
  TRAINING: 'Training',
  INFERENCE: 'Inference',
  EVALUATION: 'Evaluation',
} as const;

/** What each phase cost; phases overlap, so their wall seconds may add up to more than the run took. */
export function PhaseCosts({ costs }: { costs: RunDetailFragment['phaseCosts'] }) {
  const longest = Math.max(...costs.map((c) => c.wallSeconds), 1e-9);
  return (
    <DataTable label="Cost by phase" heads={COST_BY_PHASE_HEADS}>
      {costs.map((c) => (
        <tr key={c.phase}>
          <td>{NAMES[c.phase]}</td>
          <td className="number">{duration(c.wallSeconds)}</td>
          <td>
            <span
              aria-hidden="true"
              style={{ display: 'block', width: 90, height: 8, background: 'var(--line)', borderRadius: 2 }}
            >
              <span
                style={{
                  display: 'block',
                  height: '100%',
                  width: `${(c.wallSeconds / longest) * 100}%`,
                  background: 'var(--accent)',
                  borderRadius: 2,
                }}
              />
            </span>
          </td>
          <td className="number">{duration(c.cpuSeconds)}</td>
          <td className="number">{c.peakMemoryBytes == null ? '–' : bytes(Number(c.peakMemoryBytes))}</td>
          <td className="number">{c.cached === 0 ? '–' : `${count(c.cached)} of ${count(c.samples)}`}</td>
        </tr>
      ))}
    </DataTable>
  );
}
