import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ROOT } from './config.ts';
import type { LogFile } from './log-file.ts';

/**
 * Has the demo project put into the platform, as any client would: over the API. Does nothing where it is already.
 * @throws Error when that fails; the log says why
 */
export function seedDemo(
  options: { apiUrl: string; token: string | undefined; signal: AbortSignal },
  log: LogFile,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'packages/demo/src/main.ts'], {
      cwd: ROOT,
      env: {
        ...process.env,
        SAMPLEWISE_URL: options.apiUrl,
        ...(options.token === undefined ? {} : { SAMPLEWISE_API_TOKEN: options.token }),
        NO_COLOR: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: options.signal,
    });
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => log.write(line));
    }
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`it ended with code ${code ?? 'unknown'}: ${log.tail().at(-1) ?? 'without a word'}`));
    });
  });
}
