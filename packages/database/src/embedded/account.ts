import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './errors.ts';

const run = promisify(execFile);

/** Who runs the server; undefined: the present user. */
export interface Account {
  uid: number;
  gid: number;
}

/** Postgres refuses to run as root. Root therefore starts it as the system user `postgres`, made if need be. */
export async function serverAccount(): Promise<Account | undefined> {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return undefined;
  const present = await lookUp('postgres');
  if (present) return present;
  try {
    await run('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', '--user-group', 'postgres']);
  } catch (error) {
    throw new EmbeddedPostgresError(
      `Postgres does not run as root, and the user 'postgres' could not be made (${(error as Error).message.trim()}).`,
      'Start as an ordinary user, or set DATABASE_URL to a Postgres of yours.',
    );
  }
  const made = await lookUp('postgres');
  if (!made)
    throw new EmbeddedPostgresError(`The user 'postgres' was made but is not found.`, 'Start as an ordinary user.');
  return made;
}

async function lookUp(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)),
    );
    return { uid: uid!, gid: gid! };
  } catch {
    return undefined; // `id` ends with 1 when there is no such user
  }
}

/** Whether that account can reach a folder, i.e. may pass through every folder above it. */
export async function canReach(account: Account, folder: string): Promise<boolean> {
  try {
    await run(process.execPath, ['-e', 'require("fs").accessSync(process.argv[1])', folder], { ...account, cwd: '/' });
    return true;
  } catch {
    return false;
  }
}
