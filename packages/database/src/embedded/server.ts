import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chown, lstat, mkdir, open, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { canReach, serverAccount, type Account } from './account.ts';
import { copyBinaries, findBinaries } from './binaries.ts';
import { EmbeddedPostgresError } from './errors.ts';

const USER = 'samplewise';
const DATABASE = 'samplewise';
/** A cluster takes 40 MB when new, and Postgres stops hard when it can't write its log. */
const FREE_BYTES_NEEDED = 500 * 1024 * 1024;
const START_SECONDS = 60;

export interface EmbeddedPostgres {
  /** Connection URL of the platform's database, with its password. */
  readonly url: string;
  /** Where the cluster's files are; not always below the given folder, see `startEmbeddedPostgres`. */
  readonly dataFolder: string;
  /** True when a server that an earlier, killed start had left running was taken over. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

interface Place {
  binaries: string;
  data: string;
  account: Account | undefined;
}

/**
 * Starts a real Postgres on a free loopback port, making its cluster first if there is none. The server runs in a
 * session of its own, so that Ctrl-C reaches only us and we can stop it in order. One that still runs after a kill is
 * taken over; what a crash has left is recovered by Postgres itself.
 *
 * As root the server runs as the user `postgres`. When that user can't pass through the folders above (below /root, or
 * below a `mktemp -d` folder), cluster and binaries go to /var/lib/samplewise; `dataFolder` says where.
 * @param folder where the cluster shall be
 * @throws EmbeddedPostgresError with the mend in the message
 */
export async function startEmbeddedPostgres(
  folder: string,
  options: { port?: number; settings?: Readonly<Record<string, string>> } = {},
): Promise<EmbeddedPostgres> {
  const place = await choosePlace(path.resolve(folder));
  await checkDisk(place.data);
  const password = await createCluster(place);
  const running = await runningPort(place);
  const port = running ?? options.port ?? (await freePort());
  if (running === undefined) await start(place, port, options.settings ?? {});
  const url = (database: string): string => `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`;
  await ensureDatabase(url('postgres'));
  return {
    url: url(DATABASE),
    dataFolder: place.data,
    adopted: running !== undefined,
    stop: async () => {
      await control(place, ['stop', '-m', 'fast', '-w', '-t', String(START_SECONDS)]);
    },
  };
}

async function choosePlace(folder: string): Promise<Place> {
  const binaries = await findBinaries();
  const account = await serverAccount();
  await mkdir(folder, { recursive: true });
  if (!account) return { binaries, data: path.join(folder, 'cluster'), account };
  if ((await canReach(account, folder)) && (await canReach(account, path.join(binaries, 'bin')))) {
    await chown(folder, account.uid, account.gid);
    return { binaries, data: path.join(folder, 'cluster'), account };
  }
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  const elsewhere = path.join('/var/lib/samplewise', name);
  await mkdir(elsewhere, { recursive: true, mode: 0o755 });
  await chown(elsewhere, account.uid, account.gid);
  const version = createHash('sha256')
    .update(await readFile(path.join(binaries, 'bin', 'postgres')))
    .digest('hex');
  const copy = path.join('/var/lib/samplewise', 'postgres', version.slice(0, 12));
  await copyBinaries(binaries, copy);
  return { binaries: copy, data: path.join(elsewhere, 'cluster'), account };
}

async function checkDisk(data: string): Promise<void> {
  const { bavail, bsize } = await statfs(path.dirname(data));
  if (bavail * bsize >= FREE_BYTES_NEEDED) return;
  throw new EmbeddedPostgresError(
    `The disk that holds ${data} is full: ${Math.round((bavail * bsize) / 1e6)} MB are free.`,
    `Free at least ${FREE_BYTES_NEEDED / 1024 / 1024} MB, or set DATABASE_URL to a Postgres elsewhere.`,
  );
}

/** @returns the password of the cluster, which is made unless it is there */
async function createCluster(place: Place): Promise<string> {
  const passwordFile = `${place.data}.password`;
  const complete = `${place.data}.complete`;
  if (await exists(complete)) return (await readFile(passwordFile, 'utf8')).trim();
  // An initdb that was interrupted leaves half a cluster, in which nothing has been stored yet.
  await rm(place.data, { recursive: true, force: true });
  const password = randomBytes(24).toString('hex');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (place.account) await chown(passwordFile, place.account.uid, place.account.gid);
  await runBinary(place, 'initdb', [
    `--pgdata=${place.data}`,
    `--username=${USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
  ]);
  await writeFile(complete, '');
  return password;
}

async function start(place: Place, port: number, settings: Readonly<Record<string, string>>): Promise<void> {
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '100', ...settings };
  const flags = Object.entries(all).map(([key, value]) => `-c ${key}='${value}'`);
  const log = `${place.data}.log`;
  const handle = await open(log, 'a', 0o600);
  await handle.close();
  if (place.account) await chown(log, place.account.uid, place.account.gid);
  try {
    await control(place, [
      'start',
      '-w',
      '-t',
      String(START_SECONDS),
      '-l',
      log,
      '-o',
      [`-p ${port}`, ...flags].join(' '),
    ]);
  } catch (error) {
    const tail = (await readFile(log, 'utf8').catch(() => '')).trim().split('\n').slice(-5).join('\n');
    throw new EmbeddedPostgresError(
      `Postgres did not start: ${(error as Error).message.trim()}\n${tail}\n`,
      `Its log is ${log}.`,
    );
  }
}

/** The port of a server that runs on this cluster, if one does. A stale postmaster.pid is Postgres' own to judge. */
async function runningPort(place: Place): Promise<number | undefined> {
  try {
    await control(place, ['status']);
  } catch {
    return undefined; // pg_ctl ends with 3 when no server runs
  }
  const lines = (await readFile(path.join(place.data, 'postmaster.pid'), 'utf8')).split('\n');
  return Number(lines[3]);
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

const control = (place: Place, args: string[]): Promise<void> =>
  runBinary(place, 'pg_ctl', ['-D', place.data, ...args]);

function runBinary(place: Place, name: string, args: string[]): Promise<void> {
  const file = path.join(place.binaries, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return new Promise((resolve, reject) => {
    // The C locale keeps Postgres' messages in English, which is what its users search for.
    const env = {
      PATH: '/usr/bin:/bin',
      LC_ALL: 'C',
      ...(process.platform === 'win32' ? { SystemRoot: 'C:\\Windows' } : {}),
    };
    const child = execFile(file, args, { ...place.account, cwd: '/', env }, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr || stdout || error.message));
      else resolve();
    });
    // pg_ctl's server inherits the pipes; they must not keep us waiting.
    child.on('exit', (code) => {
      if (code === 0) resolve();
      child.stdout?.destroy();
      child.stderr?.destroy();
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('no port'));
      });
    });
  });
}

const exists = async (file: string): Promise<boolean> => (await lstat(file).catch(() => undefined)) !== undefined;
