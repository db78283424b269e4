export { atomFeed, type BoardFeed } from './atom.ts';
export { experimentHtml, type HtmlOptions } from './experiment/html.ts';
export { experimentLatex } from './experiment/latex.ts';
export { experimentMarkdown } from './experiment/markdown.ts';
export { leaderboardHtml } from './html/report.ts';
export { leaderboardBadge } from './svg/badge.ts';
export { criticalDifferenceDiagram, type RankDiagram } from './svg/critical-difference.ts';
export { leaderboardSvg } from './svg/table.ts';
export { leaderboardBibtex, leaderboardCsv, leaderboardLatex, leaderboardMarkdown, type Snapshot } from './tables.ts';
