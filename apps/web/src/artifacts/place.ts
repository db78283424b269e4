/** What of a run's files is shown; it lives in the page's address. */
export interface Place {
  /** A folder; empty: that of all. */
  folder: string;
  /** A file whose preview is open. */
  file?: string;
  /** Of the file; the latest unless given. */
  version?: number;
}

export function readPlace(params: URLSearchParams): Place {
  const file = params.get('file') ?? '';
  const version = /^[1-9]\d{0,8}$/.exec(params.get('version') ?? '')?.[0];
  return {
    folder: params.get('in') ?? (file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : ''),
    ...(file !== '' && { file }),
    ...(file !== '' && version !== undefined && { version: Number(version) }),
  };
}

export function writePlace({ folder, file, version }: Place): string {
  const params = new URLSearchParams();
  if (folder !== '') params.set('in', folder);
  if (file !== undefined) params.set('file', file);
  if (version !== undefined) params.set('version', String(version));
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** 'a/b' -> the folders from the outermost on: 'a', 'a/b'. */
export const foldersOf = (path: string): string[] =>
  path === '' ? [] : path.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'));

/** The address of a file as a download. @param url of the API, with or without a version */
export const downloadAddress = (url: string): string => `${url}${url.includes('?') ? '&' : '?'}download=true`;

/** The address of a folder as one archive. */
export const archiveAddress = (runId: string, folder: string): string =>
  `/runs/${runId}/artifacts.tar${folder === '' ? '' : `?${new URLSearchParams({ prefix: folder }).toString()}`}`;
