import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

export interface StatementCounter {
  /** The same database, through the counter. */
  url: string;
  /** What has been executed since the last call, in the order in which it was asked. */
  taken(): string[];
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
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = createConnection({ host: target.hostname, port: Number(target.port) });
    const read = reader((statement) => statements.push(statement));
    client.on('data', read);
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
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Reads one connection's messages to the server, however they are cut into packets. */
function reader(note: (statement: string) => void): (bytes: Buffer) => void {
  let waiting: Buffer = Buffer.alloc(0);
  let started = false;
  const named = new Map<string, string>();
  let bound = '';
  return (bytes) => {
    waiting = Buffer.concat([waiting, bytes]);
    if (!started) {
      // The first message has no letter: its length comes first.
      if (waiting.length < 4 || waiting.length < waiting.readInt32BE(0)) return;
      waiting = waiting.subarray(waiting.readInt32BE(0));
      started = true;
    }
    while (waiting.length >= MESSAGE_HEAD && waiting.length >= 1 + waiting.readInt32BE(1)) {
      const end = 1 + waiting.readInt32BE(1);
      const letter = String.fromCharCode(waiting[0]!);
      const texts = waiting.subarray(MESSAGE_HEAD, end).toString('utf8').split('\0');
      if (letter === 'Q') note(texts[0]!);
      if (letter === 'P') named.set(texts[0]!, texts[1]!);
      if (letter === 'B') bound = texts[1]!;
      if (letter === 'E') note(named.get(bound) ?? bound);
      waiting = waiting.subarray(end);
    }
  };
}
