import { busyPercent, SYSTEM_METRICS } from '@samplewise/domain';
import os from 'node:os';

let before = os.cpus();

/** How busy the machine has been since this was last asked, and how much of its memory is in use. */
export function machineLoad(): Record<string, number> {
  const after = os.cpus();
  const percent = busyPercent(before, after);
  before = after;
  return {
    ...(percent === undefined ? {} : { [SYSTEM_METRICS.cpuPercent]: percent }),
    [SYSTEM_METRICS.memoryBytes]: os.totalmem() - os.freemem(),
  };
}
