import getPort from 'get-port';
import { statfs } from 'node:fs/promises';
import type { StartConfig } from './config.ts';
import { StartProblem } from './problem.ts';

/** What the first start needs: an empty cluster, the demo's blobs, the built page. */
const FREE_BYTES_NEEDED = 500 * 1024 * 1024;

/** @throws StartProblem when a port is taken */
export async function checkPorts(config: StartConfig): Promise<void> {
  await checkPort(config.port, 'the page', 'PORT');
  await checkPort(config.apiPort, 'the API', 'SAMPLEWISE_API_PORT');
}

async function checkPort(port: number, what: string, variable: string): Promise<void> {
  const free = await getPort({ port });
  if (free === port) return;
  // Systems keep the low ports for the administrator; to us that looks like a port in use.
  if (port < 1024 && process.getuid?.() !== 0) {
    throw new StartProblem(
      `Port ${port}, for ${what}, may need administrator's rights.`,
      `Take one above 1023: ${variable}=${port + 3000} npm start`,
    );
  }
  const who =
    process.platform === 'win32'
      ? `Get-NetTCPConnection -LocalPort ${port} | Select OwningProcess`
      : `lsof -i :${port}, or: ss -ltnp`;
  throw new StartProblem(
    `Port ${port}, which ${what} needs, is in use: perhaps by another Samplewise or a development server. To see by what:\n  ${who}`,
    `Stop that, or take another port:\n  ${
      process.platform === 'win32' ? `$env:${variable}=${port + 1}; npm start` : `${variable}=${port + 1} npm start`
    }`,
  );
}

/** @throws StartProblem when the disk is (nearly) full */
export async function checkDisk(home: string): Promise<void> {
  const { bavail, bsize } = await statfs(home);
  if (bavail * bsize >= FREE_BYTES_NEEDED) return;
  throw new StartProblem(
    `The disk that holds ${home} is full: ${Math.round((bavail * bsize) / 1e6)} MB are free.`,
    `Free at least ${FREE_BYTES_NEEDED / 1024 / 1024} MB, or set SAMPLEWISE_HOME to a folder on another disk.`,
  );
}
