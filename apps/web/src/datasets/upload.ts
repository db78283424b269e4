'use client';

import { downloadZip } from 'client-zip';
import type { DatasetFormat, ProblemFragment } from '@/generated/graphql';

/** The likely format of a file, by its name. */
export function guessFormat(fileName: string): DatasetFormat {
  return /\.csv(\.gz)?$/i.test(fileName) ? 'FER_CSV' : 'IMAGE_FOLDER';
}

/** A chosen folder as one archive, with its paths; a CSV on its top level makes it a manifest. */
export async function packFolder(files: readonly File[]): Promise<{ file: File; name: string; format: DatasetFormat }> {
  const paths = files.map((file) => file.webkitRelativePath);
  const folder = paths[0]?.split('/')[0] ?? 'folder';
  const manifest = paths.some((path) => path.split('/').length === 2 && /\.csv$/i.test(path));
  const zip = downloadZip(files.map((file, i) => ({ name: paths[i]!, lastModified: new Date(0), input: file })));
  const name = `${folder}.zip`;
  const file = new File([await zip.blob()], name);
  return { file, name, format: manifest ? 'IMAGE_MANIFEST' : 'IMAGE_FOLDER' };
}

export class UploadRefused extends Error {
  readonly problem: ProblemFragment;

  constructor(message: string) {
    super(message);
    this.problem = { code: 'INVALID_VALUE', message, place: 'upload', value: null, mend: null };
  }
}

/**
 * Sends a file as it is. XMLHttpRequest, because fetch does not tell how much has been sent.
 * @param progress told the share that has been sent, 0 to 1
 * @throws UploadRefused
 */
export function upload(file: Blob, progress: (share: number) => void): Promise<{ digest: string; size: number }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/uploads');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => progress(total === 0 ? 1 : loaded / total);
    request.onerror = () => reject(new UploadRefused('The connection was lost. Try again.'));
    request.onload = () => {
      const answer = request.response as { digest?: string; size?: number; errors?: { message: string }[] } | null;
      if (request.status === 201 && answer?.digest !== undefined && answer.size !== undefined) {
        resolve({ digest: answer.digest, size: answer.size });
      } else {
        reject(new UploadRefused(answer?.errors?.[0]?.message ?? `The server answered ${request.status}.`));
      }
    };
    request.send(file);
  });
}
