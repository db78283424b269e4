'use client';

import { CopyButton } from '@/design/CopyButton';
import { CodeTabs } from '@/design/CodeTabs';

/** Where a link leads; the token in it is told once. */
export interface SharedAt {
  origin: string;
  /** Of the page, `/s/<token>.html`. */
  path: string;
  badgePath: string;
}

/** A new link with all that can be made of it: it can't be shown again. */
export function EmbedCode({ shared: { origin, path, badgePath } }: { shared: SharedAt }) {
  const page = `${origin}${path}`;
  const beside = (ending: string): string => page.replace(/html$/, ending);
  const badge = `${origin}${badgePath}`;
  return (
    <div className="stack" style={{ gap: 10 }} role="status" aria-label="The new link">
      <p style={{ margin: 0, fontSize: 13 }}>Copy the link now: it is not kept, and can not be shown again.</p>
      <div className="row" style={{ flexWrap: 'nowrap' }}>
        <a href={page} target="_blank" rel="noreferrer" className="truncate" style={{ fontWeight: 570 }}>
          {page}
        </a>
        <CopyButton label="Copy the link" text={() => page}>
          Copy
        </CopyButton>
      </div>
      <CodeTabs
        title="To show it elsewhere"
        snippets={[
          {
            label: 'Frame',
            language: 'html',
            text: `<iframe src="${page}" title="Leaderboard" width="100%" height="640" loading="lazy"></iframe>`,
          },
          {
            label: 'Badge',
            language: 'markdown',
            text: `[![Leaderboard](${badge})](${page})`,
          },
          {
            label: 'Table',
            language: 'markdown',
            text: `[![Leaderboard](${beside('svg')})](${page})`,
          },
          {
            label: 'Files',
            language: 'text',
            text: ['csv', 'json', 'md', 'tex', 'bib', 'png'].map(beside).join('\n'),
          },
        ]}
      />
    </div>
  );
}
