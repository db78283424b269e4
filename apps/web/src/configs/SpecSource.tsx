'use client';

import { CopyButton } from '@/design/CopyButton';

/** What is stored, word by word, for who wants to register it elsewhere. */
export function SpecSource({ value, title, hint }: { value: unknown; title: string; hint: string }) {
  const text = JSON.stringify(value, null, 2);
  return (
    <details className="panel">
      <summary style={{ cursor: 'pointer', fontWeight: 600 }}>{title}</summary>
      <div className="row spread" style={{ margin: '10px 0 6px' }}>
        <span className="muted" style={{ fontSize: 13 }}>
          {hint}
        </span>
        <CopyButton text={() => text} label="Copy the JSON">
          Copy
        </CopyButton>
      </div>
      <pre className="code" tabIndex={0} aria-label="JSON">
        {text}
      </pre>
    </details>
  );
}
