import { busyPercent, SYSTEM_METRICS } from '@samplewise/domain';
import os from 'node:os';

export interface MachineLoad {
  /** Of all cores, 0 to 100; undefined when no time has passed. */
  cpuPercent: number | undefined;
  /** In use. */
  memoryBytes: number;
}

/** @returns tells how busy the machine has been since that was last asked, and how much of its memory is in use */
export function watchMachine(): () => MachineLoad {
  let before = os.cpus();
  return () => {
    const after = os.cpus();
    const cpuPercent = busyPercent(before, after);
    before = after;
    return { cpuPercent, memoryBytes: os.totalmem() - os.freemem() };
  };
}

const load = watchMachine();

/** The same as metrics of a run. */
export function machineLoad(): Record<string, number> {
  const { cpuPercent, memoryBytes } = load();
  return {
    ...(cpuPercent === undefined ? {} : { [SYSTEM_METRICS.cpuPercent]: cpuPercent }),
    [SYSTEM_METRICS.memoryBytes]: memoryBytes,
  };
}
