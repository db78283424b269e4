/** What is read beside GraphQL: reports, and what is to be predicted; with the parameters that the API knows. */
const REPORT = /^report\.(?:html|csv|json|md|tex|bib|svg)$/;
const ID = {
  leaderboards: /^Leaderboard_[1-9]\d{0,17}$/,
  snapshots: /^LeaderboardSnapshot_[1-9]\d{0,17}$/,
} as const;

/** @returns the API's path of a file; undefined where there is none */
export function pathOfBoardFile(
  kind: keyof typeof ID,
  id: string,
  file: string,
  query: URLSearchParams,
): string | undefined {
  const isKnown = REPORT.test(file) || (kind === 'leaderboards' && file === 'samples.csv');
  if (!isKnown || !ID[kind].test(id)) return undefined;
  return withQuery(`/${kind}/${id}/${file}`, query, ['download', 'page']);
}

/** @returns the API's path to which a submission is sent */
export function pathOfSubmission(id: string, file: string, query: URLSearchParams): string | undefined {
  if (file !== 'submissions' || !ID.leaderboards.test(id)) return undefined;
  return withQuery(`/leaderboards/${id}/submissions`, query, ['name', 'key', 'note']);
}

function withQuery(path: string, query: URLSearchParams, known: readonly string[]): string {
  const kept = new URLSearchParams([...query].filter(([name]) => known.includes(name)));
  return kept.size === 0 ? path : `${path}?${kept}`;
}
