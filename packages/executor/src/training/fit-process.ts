import { InvalidInput } from '@samplewise/domain';
import type { CurvePoint } from '@samplewise/evaluation';
import { fork } from 'node:child_process';
import path from 'node:path';
import { crashed, ModelProcessLost, PredictionAborted, timedOut } from '../model-process/lost-model.ts';
import type { Cost } from '../model-process/protocol.ts';
import type { FitAnswer, FitRequest, Fitted } from './fit-protocol.ts';

const STDERR_LIMIT = 2000;

/**
 * Fits a head in a process of its own.
 * @param signal gives it up at once
 * @param onPoint called with each point of the curve
 * @throws InvalidInput when there is nothing to learn; ModelProcessLost when the process died, or showed no progress;
 *   PredictionAborted
 */
export async function fit(
  request: FitRequest,
  {
    signal,
    timeoutSeconds,
    onPoint,
  }: { signal: AbortSignal; timeoutSeconds: number; onPoint: (point: CurvePoint) => void },
): Promise<{ fitted: Fitted; cost: Cost }> {
  const child = fork(path.join(import.meta.dirname, 'fit-main.ts'), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // The child needs no secret of ours.
    env: { PATH: '/usr/bin:/bin', ...(process.platform === 'win32' ? { SystemRoot: 'C:\\Windows' } : {}) },
  });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-STDERR_LIMIT)));
  const kill = (): boolean => child.kill('SIGKILL');
  signal.addEventListener('abort', kill);
  let hung = false;
  const watchdog = setTimeout(() => {
    hung = true;
    kill();
  }, timeoutSeconds * 1000);
  try {
    signal.throwIfAborted();
    return await new Promise((resolve, reject) => {
      child.on('message', (answer: FitAnswer) => {
        watchdog.refresh();
        if (answer.kind === 'point') onPoint(answer.point);
        if (answer.kind === 'fitted') resolve(answer);
        if (answer.kind === 'refused') reject(new InvalidInput(answer.problem));
        if (answer.kind === 'broken') reject(new Error(answer.message));
      });
      child.on('error', reject);
      child.on('close', (code, ended) => {
        reject(new ModelProcessLost(hung ? timedOut(timeoutSeconds) : crashed(code, ended, errors)));
      });
      child.send(request);
    });
  } catch (error) {
    throw signal.aborted ? new PredictionAborted('the run has been canceled or paused') : error;
  } finally {
    clearTimeout(watchdog);
    signal.removeEventListener('abort', kill);
    kill(); // It holds nothing that could be lost.
  }
}
