import { count, duration, money } from '@/design/format';
import type { EstimatePlanQuery, Phase, RunCostFragment } from '@/generated/graphql';

export type Estimate = EstimatePlanQuery['estimatePlan'];

const PHASES: Partial<Record<Phase, string>> = {
  PREPROCESSING: 'preparation',
  INFERENCE: 'model',
  EVALUATION: 'evaluation',
};

/** What a run will take, in a word. */
export const timeOf = ({ seconds, problem }: RunCostFragment): string =>
  problem ? 'can not run' : seconds == null ? 'unknown' : duration(seconds);

/** On what that rests; nothing is said of what nobody knows. */
export function groundsOf(run: RunCostFragment): string {
  if (run.problem) return [run.problem.message, run.problem.mend].filter(Boolean).join(' ');
  const lacking = Object.entries(PHASES).filter(([phase]) => !run.phases.some((known) => known.phase === phase));
  if (run.phases.length === 0) return 'No estimate: nothing like it has run yet.';
  if (run.seconds == null) {
    const what = lacking.some(([phase]) => phase === 'INFERENCE') ? 'model' : 'restoration';
    return `No estimate: no earlier run tells what this ${what} takes.`;
  }
  return run.phases.map((phase) => `${PHASES[phase.phase] ?? phase.phase} ${duration(phase.seconds)}`).join(' · ');
}

/** What else there is to know of an estimate. */
export function notesOf(run: RunCostFragment, samples: number): string[] {
  if (run.problem || run.phases.length === 0) return [];
  const found = run.cached > 0 ? [`${count(run.cached)} of ${count(samples)} pictures are restored already`] : [];
  if (run.seconds == null) return found;
  const runs = Math.min(...run.phases.map((phase) => phase.runs));
  return [
    `by ${count(runs)} earlier ${runs === 1 ? 'run' : 'runs'}`,
    ...(run.phases.every(({ basis }) => basis === 'SAME') ? [] : ['partly by runs with another model or restoration']),
    ...(run.phases.some(({ otherHardware }) => otherHardware) ? ['on other hardware'] : []),
    ...found,
    ...(run.phases.some(({ atMost }) => atMost) ? ['at most: they cost less'] : []),
  ];
}

interface Totals {
  energyWattHours: number | undefined;
  price: string | undefined;
}

/** Of all runs, where it is known of all; prices in one currency. */
export function totalsOf({ runs }: Estimate): Totals {
  const sum = (of: (run: RunCostFragment) => number | null | undefined): number | undefined =>
    runs.reduce<number | undefined>((total, run) => {
      const value = of(run);
      return total === undefined || value == null ? undefined : total + value;
    }, 0);
  const joules = sum(({ energyJoules }) => energyJoules);
  const currencies = new Set(runs.map(({ currency }) => currency));
  const price = currencies.size === 1 ? sum((run) => run.price) : undefined;
  return {
    energyWattHours: joules === undefined ? undefined : joules / 3600,
    price: price === undefined ? undefined : money(price, runs[0]?.currency),
  };
}
