import { IconDownload } from '@tabler/icons-react';
import { REPORT_FORMATS } from '@/graphql/report-routes';
import { bareId } from '@/design/format';

const WORDS: Record<string, string> = { html: 'HTML', md: 'Markdown', tex: 'LaTeX', json: 'JSON' };

/** The same report as a file, for an archive, a repository, a paper or a program. */
export function Downloads({ experimentId }: { experimentId: string }) {
  const id = bareId(experimentId);
  return (
    <span className="row" role="group" aria-label="Download the report" style={{ gap: 14, fontSize: 13 }}>
      <IconDownload size={15} stroke={1.75} aria-hidden="true" style={{ color: 'var(--muted)' }} />
      {REPORT_FORMATS.map((format) => (
        <a key={format} href={`/experiments/${id}/report.${format}`} download={`experiment-${id}.${format}`}>
          {WORDS[format]}
        </a>
      ))}
    </span>
  );
}
