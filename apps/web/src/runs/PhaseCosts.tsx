import { bytes, count, duration } from '@/design/format';
import type { RunDetailFragment } from '@/generated/graphql';

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
    <div className="scroll">
      <table className="data" aria-label="Cost by phase">
        <thead>
          <tr>
            <th scope="col">Phase</th>
            <th scope="col" className="number">
              Wall
            </th>
            <th scope="col">
              <span className="visually-hidden">Share</span>
            </th>
            <th scope="col" className="number">
              CPU
            </th>
            <th scope="col" className="number">
              Peak memory
            </th>
            <th scope="col" className="number">
              From cache
            </th>
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </div>
  );
}
