export { atomFeed, type BoardFeed } from './atom.ts';
export { leaderboardHtml } from './html/report.ts';
export { leaderboardBadge } from './svg/badge.ts';
export { criticalDifferenceDiagram, type RankDiagram } from './svg/critical-difference.ts';
export { leaderboardSvg } from './svg/table.ts';
export { leaderboardBibtex, leaderboardCsv, leaderboardLatex, leaderboardMarkdown, type Snapshot } from './tables.ts';
