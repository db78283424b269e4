import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

/** A statement that was executed, and what came of it. */
export interface ExecutedStatement {
  statement: string;
  /** As texts; null for NULL. */
  values: (string | null)[];
  /** Such as `SELECT 3`, or `ERROR`. */
  outcome: string;
}

export interface StatementCounter {
  /** The same database, through the counter. */
  url: string;
  /** What has been executed since the last call, in the order in which it was asked. */
  taken(): string[];
  /** The same once it was answered, with what came of it. */
  takenOutcomes(): ExecutedStatement[];
  close(): Promise<void>;
}

const MESSAGE_HEAD = 5;

/**
 * Stands between a program and Postgres and notes each statement that is executed, whichever library sends it: the
 * messages Query, and Parse when it is executed.
 */
export async function countStatements(databaseUrl: string): Promise<StatementCounter> {
  const target = new URL(databaseUrl);
  let statements: string[] = [];
  let outcomes: ExecutedStatement[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = createConnection({ host: target.hostname, port: Number(target.port) });
    const waiting: Omit<ExecutedStatement, 'outcome'>[] = [];
    client.on('data', messages(true, asked(noted)));
    upstream.on('data', messages(false, answered(ended)));
    function noted(executed: Omit<ExecutedStatement, 'outcome'>): void {
      statements.push(executed.statement);
      waiting.push(executed);
    }
    function ended(outcome: string): void {
      const executed = waiting.shift();
      if (executed) outcomes.push({ ...executed, outcome });
    }
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {
        client.destroy();
        upstream.destroy();
      });
      socket.on('close', () => sockets.delete(socket));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    taken() {
      const taken = statements;
      statements = [];
      return taken;
    },
    takenOutcomes() {
      const taken = outcomes;
      outcomes = [];
      return taken;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

type Read = (letter: string, body: Buffer) => void;

/** Reads one direction of a connection, however its messages are cut into packets. */
function messages(isClient: boolean, read: Read): (bytes: Buffer) => void {
  let waiting: Buffer = Buffer.alloc(0);
  // A client's first message has no letter: its length comes first.
  let started = !isClient;
  return (bytes) => {
    waiting = Buffer.concat([waiting, bytes]);
    if (!started) {
      if (waiting.length < 4 || waiting.length < waiting.readInt32BE(0)) return;
      waiting = waiting.subarray(waiting.readInt32BE(0));
      started = true;
    }
    while (waiting.length >= MESSAGE_HEAD && waiting.length >= 1 + waiting.readInt32BE(1)) {
      const end = 1 + waiting.readInt32BE(1);
      read(String.fromCharCode(waiting[0]!), waiting.subarray(MESSAGE_HEAD, end));
      waiting = waiting.subarray(end);
    }
  };
}

function asked(note: (executed: Omit<ExecutedStatement, 'outcome'>) => void): Read {
  const named = new Map<string, string>();
  let bound = '';
  let values: (string | null)[] = [];
  return (letter, body) => {
    const texts = (): string[] => body.toString('utf8').split('\0');
    if (letter === 'Q') note({ statement: texts()[0]!, values: [] });
    if (letter === 'P') named.set(texts()[0]!, texts()[1]!);
    if (letter === 'B') {
      bound = texts()[1]!;
      values = valuesOf(body);
    }
    if (letter === 'E') note({ statement: named.get(bound) ?? bound, values });
  };
}

/** The parameters of a Bind; those in binary as `\x…`. */
function valuesOf(body: Buffer): (string | null)[] {
  let at = body.indexOf(0) + 1; // the portal
  at = body.indexOf(0, at) + 1; // the statement
  const formats = body.readInt16BE(at);
  const isBinary = (i: number): boolean => formats > 0 && body.readInt16BE(at + 2 + 2 * Math.min(i, formats - 1)) === 1;
  let next = at + 2 + 2 * formats;
  const count = body.readInt16BE(next);
  next += 2;
  return Array.from({ length: count }, (_, i) => {
    const length = body.readInt32BE(next);
    next += 4;
    if (length < 0) return null;
    const bytes = body.subarray(next, next + length);
    next += length;
    return isBinary(i) ? `\\x${bytes.toString('hex')}` : bytes.toString('utf8');
  });
}

/** CommandComplete, ErrorResponse, EmptyQueryResponse, PortalSuspended. */
function answered(end: (outcome: string) => void): Read {
  return (letter, body) => {
    if (letter === 'C') end(body.toString('utf8').replace('\0', ''));
    if (letter === 'E') end('ERROR');
    if (letter === 'I' || letter === 's') end(letter);
  };
}
