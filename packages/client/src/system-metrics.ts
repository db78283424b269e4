import { busyPercent, SYSTEM_METRICS } from '@samplewise/domain';
import { readFile, statfs } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import os from 'node:os';
import { z } from 'zod';
import { operation } from './operation.ts';
import { PROBLEM_FIELDS } from './problem-schema.ts';
import type { Transport } from './transport.ts';

interface LogMetricsInput {
  runId: string;
  batchId: string;
  series: { key: string; steps: number[]; times: number[]; values: number[] }[];
}

export const LOG_METRICS = operation<{ input: LogMetricsInput }>()(
  `mutation LogMetrics($input: LogMetricsInput!) {
    result: logMetrics(input: $input) {
      __typename
      ... on InvalidInputError { problems { ${PROBLEM_FIELDS} } }
      ... on LogMetricsPayload { run { id } }
    }
  }`,
  z.object({ run: z.object({ id: z.string() }) }),
);

export interface SystemMetricsOptions {
  /** 15 unless given. */
  intervalSeconds?: number;
  /** Told what went wrong; a run is not to fail for that. */
  onError?: (error: unknown) => void;
}

/**
 * Measures the process and its machine from now on, and logs it to a run.
 * @returns what ends it, after one last measurement
 */
export function logSystemMetrics(
  transport: Transport,
  runId: string,
  { intervalSeconds = 15, onError = () => undefined }: SystemMetricsOptions = {},
): () => Promise<void> {
  const begun = performance.now();
  const measure = systemMeter();
  const log = async (): Promise<void> => {
    try {
      const step = Math.round((performance.now() - begun) / 1000);
      const time = Date.now();
      const values = await measure();
      const series = Object.entries(values).map(([key, value]) => ({ key, steps: [step], times: [time], values: [value] })); // prettier-ignore
      await transport.mutate(LOG_METRICS, { runId, batchId: randomUUID(), series });
    } catch (error) {
      onError(error);
    }
  };
  const timer = setInterval(() => void log(), intervalSeconds * 1000);
  // A program that has done its work is not kept from ending.
  timer.unref();
  return async () => {
    clearInterval(timer);
    await log();
  };
}

/** @returns what measures; shares of the processor are those since it was last asked */
export function systemMeter(): () => Promise<Record<string, number>> {
  let cores = os.cpus();
  let usage = process.cpuUsage();
  let time = performance.now();
  return async () => {
    const [coresNow, used, timeNow] = [os.cpus(), process.cpuUsage(usage), performance.now()];
    const seconds = (timeNow - time) / 1000;
    const busy = busyPercent(cores, coresNow);
    const measured = {
      [SYSTEM_METRICS.cpuPercent]: busy,
      [SYSTEM_METRICS.memoryBytes]: os.totalmem() - os.freemem(),
      [SYSTEM_METRICS.processCpuPercent]: seconds > 0 ? (used.user + used.system) / 1e4 / seconds : undefined,
      [SYSTEM_METRICS.processMemoryBytes]: process.memoryUsage.rss(),
      [SYSTEM_METRICS.diskBytes]: await diskBytes(),
      ...(await networkBytes()),
    };
    [cores, usage, time] = [coresNow, process.cpuUsage(), timeNow];
    const known = Object.entries(measured).filter((entry): entry is [string, number] => entry[1] !== undefined);
    return Object.fromEntries(known);
  };
}

/** @returns undefined where the file system does not tell */
async function diskBytes(): Promise<number | undefined> {
  const disk = await statfs('.').catch(() => undefined);
  return disk && (disk.blocks - disk.bfree) * disk.bsize;
}

/** Of all devices but the loopback; nothing where the system does not tell, as only Linux does. */
async function networkBytes(): Promise<Record<string, number>> {
  const text = await readFile('/proc/net/dev', 'utf8').catch(() => '');
  let [received, sent] = [0, 0];
  let devices = 0;
  for (const line of text.split('\n')) {
    const [, name, columns] = /^\s*([^:\s]+):\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || name === 'lo') continue;
    const numbers = columns!.trim().split(/\s+/).map(Number);
    received += numbers[0]!;
    sent += numbers[8]!;
    devices++;
  }
  return devices === 0
    ? {}
    : { [SYSTEM_METRICS.networkReceivedBytes]: received, [SYSTEM_METRICS.networkSentBytes]: sent };
}
