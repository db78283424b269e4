import { randomUUID } from 'node:crypto';
import { mutate } from './ask.ts';
import type { Stack } from './stack.ts';

export const LINES = 100_000;

/** A run of a client with curves, figures of its machine, a long log and files, which goes on. */
export async function loggedRun(stack: Stack, experimentId: string): Promise<string> {
  const { run } = (await mutate(
    stack,
    'createRun',
    {
      experimentId,
      name: 'logged',
      params: { optimizer: { lr: 0.001 } },
      description: 'It **works**. <script>document.title = "hacked"</script> [bad](javascript:alert(1))',
      environment: { packages: { torch: '2.13.0' }, git: { commit: 'abc123' }, command: 'python train.py' },
    },
    '... on CreateRunPayload { run { id } }',
  )) as { run: { id: string } };
  const steps = Array.from({ length: 50 }, (_, i) => i);
  const series = [
    { key: 'loss', steps, values: steps.map((step) => 1 / (step + 1)) },
    { key: 'system/memory_bytes', steps, values: steps.map((step) => 1e9 + step) },
  ];
  await mutate(stack, 'logMetrics', { runId: run.id, series }, '... on LogMetricsPayload { run { id } }');
  const batch = 10_000;
  for (let at = 0; at < LINES; at += batch) {
    await logLines(
      stack,
      run.id,
      Array.from({ length: batch }, (_, i) => lineOf(at + i + 1)),
    );
  }
  return run.id;
}

/** Every thousandth is a warning, in yellow. */
const lineOf = (number: number) =>
  number % 1000 === 0
    ? { text: `\u001b[33mwarning\u001b[0m ${number}: large gradient`, level: 'WARN' }
    : { text: `step ${number} loss=0.1`, level: 'INFO' };

export async function logLines(stack: Stack, runId: string, lines: readonly object[]): Promise<void> {
  await mutate(stack, 'logLines', { runId, batchId: randomUUID(), lines }, '... on LogLinesPayload { lastLine }');
}
