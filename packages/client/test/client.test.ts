import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { InvalidInput } from '@samplewise/domain';
import { ConnectionFailed, NotFound, RequestFailed, SamplewiseClient } from '../src/index.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A real server that answers like the API would in states that the API is hard to bring into. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<string> {
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const importRow = (status: string) => ({
  id: 'DatasetImport_1',
  datasetName: 'Faces',
  versionName: 'v1',
  fileName: 'f.zip',
  status,
  samplesDone: 1,
  samplesTotal: null,
  problemCount: 0,
  problems: [],
  alreadyExisted: false,
  datasetVersion: null,
});

describe('the client', () => {
  it('sends its token and gives data as it comes', async () => {
    let authorization: string | undefined;
    const url = await serve((request, response) => {
      authorization = request.headers.authorization;
      json(response, 200, { data: { projects: 1 } });
    });
    expect(await new SamplewiseClient({ url: `${url}/`, token: 'secret' }).query('{ projects }')).toEqual({
      projects: 1,
    });
    expect(authorization).toBe('Bearer secret');
  });

  it('throws what GraphQL says', async () => {
    const url = await serve((_request, response) => {
      json(response, 400, { errors: [{ message: 'Cannot query field "x".' }] });
    });
    const error: unknown = await new SamplewiseClient({ url }).query('{ x }').catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RequestFailed);
    expect(error).toMatchObject({ message: 'Cannot query field "x".', status: 400 });
  });

  it('throws the problems of an input that is refused', async () => {
    const wrong = {
      code: 'CONFLICT',
      message: 'The name is taken.',
      place: 'name',
      value: 'a',
      mend: 'Choose another.',
    };
    const url = await serve((_request, response) => {
      json(response, 200, { data: { result: { __typename: 'InvalidInputError', problems: [wrong] } } });
    });
    const made = new SamplewiseClient({ url }).createModelConfig({ projectId: 'Project_1', name: 'a', spec: {} });
    const error: unknown = await made.catch((e: unknown) => e);
    expect(error).toBeInstanceOf(InvalidInput);
    expect((error as InvalidInput).problems).toEqual([wrong]);
  });

  it('says when the answer is from something else', async () => {
    const url = await serve((_request, response) => response.writeHead(502).end('<h1>Bad gateway</h1>'));
    await expect(new SamplewiseClient({ url }).query('{ x }')).rejects.toThrow('not JSON: <h1>Bad gateway</h1>');
  });

  it('says that the API is not there, and why', async () => {
    const url = await serve(() => undefined);
    server!.close();
    const error: unknown = await new SamplewiseClient({ url }).query('{ x }').catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ConnectionFailed);
    expect((error as Error).message).toContain('ECONNREFUSED');
  });

  it('says that a project is not there', async () => {
    const url = await serve((_request, response) => {
      json(response, 200, { data: { project: null } });
    });
    await expect(new SamplewiseClient({ url }).project('nope')).rejects.toBeInstanceOf(NotFound);
  });
});

describe('an upload', () => {
  it('sends the bytes as they are and tells how far it is', async () => {
    const received: Buffer[] = [];
    const url = await serve(async (request, response) => {
      received.push(await buffer(request));
      json(response, 201, { digest: 'a'.repeat(64), size: 7 });
    });
    const progress: number[] = [];
    const source = Readable.from([Buffer.from('one'), Buffer.from('more')]);
    const uploaded = await new SamplewiseClient({ url }).upload(source, (sent) => progress.push(sent));
    expect(uploaded).toEqual({ digest: 'a'.repeat(64), size: 7 });
    expect(received.map(String)).toEqual(['onemore']);
    expect(progress).toEqual([3, 7]);
  });

  it('whose source fails throws what the source has thrown', async () => {
    const url = await serve((request) => request.resume());
    const failing = new Readable({ read: (): void => void failing.destroy(new Error('the disk is gone')) });
    await expect(new SamplewiseClient({ url }).upload(failing)).rejects.toThrow('the disk is gone');
  });

  it('that is too large throws the problem', async () => {
    const problems = [{ code: 'TOO_LARGE', message: 'Too large.', place: 'upload', value: null, mend: null }];
    const url = await serve(async (request, response) => {
      await buffer(request);
      json(response, 413, { errors: [{ message: 'Too large.' }], problems });
    });
    const error: unknown = await new SamplewiseClient({ url }).upload(Readable.from(['x'])).catch((e: unknown) => e);
    expect((error as InvalidInput).problems).toEqual(problems);
  });
});

describe('waiting', () => {
  it('ends with the import and bears with an API that is away for a moment', async () => {
    const states = ['QUEUED', 'RUNNING', 'away', 'RUNNING', 'FAILED'];
    const url = await serve((request, response) => {
      const state = states.shift()!;
      if (state === 'away') request.socket.destroy();
      else json(response, 200, { data: { node: importRow(state) } });
    });
    const seen: string[] = [];
    const ended = await new SamplewiseClient({ url }).waitForImport('DatasetImport_1', {
      intervalMilliseconds: 5,
      onProgress: ({ status }) => seen.push(status),
    });
    expect(ended.status).toBe('FAILED');
    expect(seen).toEqual(['QUEUED', 'RUNNING', 'RUNNING', 'FAILED']);
  });

  it('can be given up', async () => {
    const url = await serve((_request, response) => {
      json(response, 200, { data: { node: importRow('QUEUED') } });
    });
    const waiting = new SamplewiseClient({ url }).waitForImport('DatasetImport_1', { signal: AbortSignal.timeout(50) });
    await expect(waiting).rejects.toThrow();
  });
});
