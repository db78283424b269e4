import {
  leaderboardBadge,
  leaderboardBibtex,
  leaderboardCsv,
  leaderboardHtml,
  leaderboardLatex,
  leaderboardMarkdown,
  leaderboardSvg,
  type PublishedAt,
  type Snapshot,
} from '@samplewise/reports';

/** A file that is made of a board. */
export interface LeaderboardFormat {
  type: string;
  /** It shows so many of the first rows; all of them unless given. */
  rows?: number;
  render(snapshot: Snapshot, at?: PublishedAt): string;
}

const READ_ROWS = 200;

export const FORMATS: Readonly<Record<string, LeaderboardFormat>> = {
  json: {
    type: 'application/json; charset=utf-8',
    render: ({ digest, document }) => JSON.stringify({ digest, document }),
  },
  csv: { type: 'text/csv; charset=utf-8', render: (snapshot) => leaderboardCsv(snapshot) },
  md: { type: 'text/markdown; charset=utf-8', rows: READ_ROWS, render: (snapshot) => leaderboardMarkdown(snapshot) },
  tex: { type: 'application/x-tex; charset=utf-8', rows: READ_ROWS, render: (snapshot) => leaderboardLatex(snapshot) },
  bib: { type: 'application/x-bibtex; charset=utf-8', rows: 1, render: (snapshot) => leaderboardBibtex(snapshot) },
  html: { type: 'text/html; charset=utf-8', rows: READ_ROWS, render: leaderboardHtml },
  svg: { type: 'image/svg+xml; charset=utf-8', rows: 20, render: (snapshot) => leaderboardSvg(snapshot) },
};
export const BADGE: LeaderboardFormat = {
  type: 'image/svg+xml; charset=utf-8',
  rows: 1,
  render: (snapshot) => leaderboardBadge(snapshot),
};

export const formatOf = (name: string): LeaderboardFormat | undefined =>
  Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;

/** Nothing of it runs, loads or sends anything, wherever it is shown. */
export const HARMLESS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'referrer-policy': 'no-referrer',
} as const;
