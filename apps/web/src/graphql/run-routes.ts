/** What of a run is read beside GraphQL: whole files. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  'logs.txt': ['stream', 'level', 'details'],
  'artifacts.tar': ['prefix'],
  'predictions.csv': [],
  'predictions.ndjson': [],
  'predictions.parquet': [],
};
/** What programs send of a run beside GraphQL. */
const SENT: Readonly<Record<string, readonly string[]>> = {
  predictions: ['batch'],
  logs: ['batch', 'stream', 'level'],
};
const OF_ARTIFACTS = ['version', 'download'];

const RUN = /^Run_[1-9]\d{0,17}$/;

/** Only what a route knows goes on to the API. */
function query(search: URLSearchParams, names: readonly string[]): string {
  const known = [...search].filter(([name]) => names.includes(name));
  return known.length === 0 ? '' : `?${new URLSearchParams(known).toString()}`;
}

/** The API's path of a run's file such as `logs.txt`; undefined where there is no such route. */
export const pathOfFile = (run: string, file: string, search: URLSearchParams): string | undefined =>
  pathOf(FILES, run, file, search);

/** The API's path to which programs send rows or lines of a run; undefined where there is no such route. */
export const pathOfSending = (run: string, what: string, search: URLSearchParams): string | undefined =>
  pathOf(SENT, run, what, search);

function pathOf(routes: typeof FILES, run: string, last: string, search: URLSearchParams): string | undefined {
  const names = Object.hasOwn(routes, last) ? routes[last] : undefined;
  return names && RUN.test(run) ? `/runs/${run}/${last}${query(search, names)}` : undefined;
}

/** The API's path of a run's artifact. @param path its parts, decoded; none leads out of the run's folder */
export function pathOfArtifact(run: string, path: readonly string[], search: URLSearchParams): string | undefined {
  if (!RUN.test(run) || path.some((part) => part === '' || part === '.' || part === '..')) return undefined;
  return `/runs/${run}/artifacts/${path.map(encodeURIComponent).join('/')}${query(search, OF_ARTIFACTS)}`;
}
