import type { ReadStream } from 'node:fs';
import { DetailedError, Upload } from 'tus-js-client';
import { ConnectionFailed, RequestFailed } from './errors.ts';
import type { Transport } from './transport.ts';

/** Sent in one request; of what is lost with a connection, at most so much is sent again. */
const CHUNK_BYTES = 16 * 1024 * 1024;
/** An API that restarts is away for seconds. */
const RETRY_MILLISECONDS = [500, 1000, 3000, 5000, 10_000, 20_000, 20_000];

/** Uploads by tus: a lost connection, or an API that was restarted, goes on where it was. */
export function uploadInParts(
  transport: Transport,
  source: ReadStream,
  { size, digest, onProgress }: { size: number; digest: string; onProgress: (sent: number) => void },
): Promise<void> {
  return new Promise((resolve, reject) => {
    new Upload(source, {
      endpoint: `${transport.url}/uploads/resumable`,
      headers: transport.authorization,
      metadata: { sha256: digest },
      uploadSize: size,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_MILLISECONDS,
      onProgress,
      onError: (error) => {
        const status = error instanceof DetailedError ? error.originalResponse?.getStatus() : undefined;
        if (status === undefined) reject(new ConnectionFailed(transport.url, error));
        else reject(new RequestFailed(messageOf(error as DetailedError), status));
      },
      onSuccess: () => {
        resolve();
      },
    }).start();
  });
}

function messageOf(error: DetailedError): string {
  const body = error.originalResponse?.getBody() ?? '';
  const said = /"message":"((?:[^"\\]|\\.)*)"/.exec(body)?.[1];
  return said === undefined ? error.message : (JSON.parse(`"${said}"`) as string);
}
