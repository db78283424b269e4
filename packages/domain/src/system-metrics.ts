/** Metrics of the machine that a run is made on have names that begin so; lists of metrics leave them out. */
export const SYSTEM_METRIC_PREFIX = 'system/';

/**
 * What is measured alike by all clients. Of graphics cards: `system/gpu0_percent` and `system/gpu0_memory_bytes`, and
 * so on. The step of a point is the seconds since its client began to measure.
 */
export const SYSTEM_METRICS = {
  /** Of all cores of the machine together, 0 to 100. */
  cpuPercent: 'system/cpu_percent',
  /** In use on the machine. */
  memoryBytes: 'system/memory_bytes',
  /** Of one core: a process that keeps two busy has 200. */
  processCpuPercent: 'system/process_cpu_percent',
  /** The process' resident memory. */
  processMemoryBytes: 'system/process_memory_bytes',
  /** In use on the file system of the working folder. */
  diskBytes: 'system/disk_bytes',
  /** Since the machine was started. */
  networkReceivedBytes: 'system/network_received_bytes',
  networkSentBytes: 'system/network_sent_bytes',
} as const;

/** Milliseconds that a core has spent, as `os.cpus()` gives them. */
interface CoreTimes {
  times: { user: number; nice: number; sys: number; idle: number; irq: number };
}

/** Percent of all cores that were busy between two readings; undefined when no time has passed. */
export function busyPercent(before: readonly CoreTimes[], after: readonly CoreTimes[]): number | undefined {
  const sum = (cores: readonly CoreTimes[], of: (times: CoreTimes['times']) => number): number =>
    cores.reduce((total, { times }) => total + of(times), 0);
  const passed = (of: (times: CoreTimes['times']) => number): number => sum(after, of) - sum(before, of);
  const all = passed(({ user, nice, sys, idle, irq }) => user + nice + sys + idle + irq);
  return all > 0 ? (100 * (all - passed(({ idle }) => idle))) / all : undefined;
}
