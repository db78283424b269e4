import { PACKAGE_LIMIT, withoutCredentials, type RunEnvironment } from '@samplewise/domain';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

/** Characters of a diff; what is longer is cut, and says so. */
const DIFF_LIMIT = 400_000;
const GIT_MILLISECONDS = 10_000;

/**
 * What a run is made with: git, packages, hardware, command. Variables of the environment are not looked at, and
 * values in the command that may be secret are left out.
 * @param folder in which the code lies
 */
export async function collectEnvironment(folder = process.cwd()): Promise<RunEnvironment> {
  const [git, packages] = await Promise.all([collectGit(folder), collectPackages(folder)]);
  const cpus = os.cpus();
  return {
    ...(git && { git }),
    ...(packages && { packages }),
    node: process.version,
    os: `${os.type()} ${os.release()} ${os.machine()}`,
    hostname: os.hostname(),
    command: withoutSecrets(process.argv).join(' ').slice(0, 10_000),
    hardware: { cpu: cpus[0]?.model ?? 'unknown', cores: cpus.length, memoryBytes: os.totalmem() },
  };
}

async function collectGit(folder: string): Promise<RunEnvironment['git']> {
  const git = async (...args: string[]): Promise<string | undefined> => {
    try {
      const options = { cwd: folder, timeout: GIT_MILLISECONDS, maxBuffer: 64 * 1024 * 1024 };
      return (await promisify(execFile)('git', args, options)).stdout;
    } catch {
      return undefined; // No git here, no repository, no commit, no such remote: each is normal.
    }
  };
  const commit = (await git('rev-parse', 'HEAD'))?.trim();
  if (commit === undefined) return undefined;
  const [branch, remote, status, diff] = await Promise.all([
    git('rev-parse', '--abbrev-ref', 'HEAD'),
    git('remote', 'get-url', 'origin'),
    git('status', '--porcelain'),
    git('diff', 'HEAD', '--no-ext-diff', '--no-color'),
  ]);
  const text = diff?.toWellFormed().replaceAll('\0', '');
  return {
    commit,
    branch: branch?.trim(),
    remote: remote && withoutCredentials(remote.trim()),
    dirty: status === undefined ? undefined : status !== '',
    ...(text && { diff: text.length > DIFF_LIMIT ? `${text.slice(0, DIFF_LIMIT)}\n... (cut off)\n` : text }),
  };
}

const lockFile = z.object({ packages: z.record(z.string(), z.looseObject({ version: z.string().optional() })) });

/** Of the nearest package-lock.json: what is directly in node_modules. */
async function collectPackages(folder: string): Promise<Record<string, string> | undefined> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const text = await readFile(path.join(at, 'package-lock.json'), 'utf8').catch(() => undefined);
    if (text !== undefined) return packagesOf(text);
    if (at === path.dirname(at)) return undefined;
  }
}

function packagesOf(text: string): Record<string, string> | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined; // A lock file in the middle of a merge is nobody's reason not to run.
  }
  const { packages = {} } = lockFile.safeParse(json).data ?? {};
  const direct = Object.entries(packages).flatMap(([place, { version }]) => {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(place)?.[1];
    return name !== undefined && version !== undefined ? [[name, version] as const] : [];
  });
  return Object.fromEntries(direct.slice(0, PACKAGE_LIMIT));
}

const SECRET = /(?:token|secret|password|passwd|api[-_]?key|credential|auth)/i;

/** `--api-key x` and `--api-key=x` -> `--api-key ***` */
export function withoutSecrets(argv: readonly string[]): string[] {
  return argv.map((word, i) => {
    const [, name, value] = /^(-{0,2}[\w.-]+)=(.*)$/s.exec(word) ?? [];
    if (name !== undefined && value !== undefined && SECRET.test(name)) return `${name}=***`;
    const before = argv[i - 1];
    if (before?.startsWith('-') && !before.includes('=') && SECRET.test(before)) return '***';
    return withoutCredentials(word);
  });
}
