'use client';

import { Badge, Progress } from '@mantine/core';
import Link from 'next/link';
import { bareId, count } from '@/design/format';
import { RelativeTime } from '@/design/RelativeTime';
import type { ImportStateFragment } from '@/generated/graphql';

const COLOURS = { QUEUED: 'gray', RUNNING: 'indigo', FINISHED: 'teal', FAILED: 'red' } as const;

/** One import: how far it is, what came of it, or what is wrong with the file, row by row. */
export function ImportProgress({ state }: { state: ImportStateFragment }) {
  const { status, samplesDone, samplesTotal, datasetVersion } = state;
  return (
    <article className="panel stack" style={{ gap: 10 }} aria-label={`Import of ${state.fileName}`}>
      <div className="row spread">
        <span style={{ minWidth: 0 }}>
          <strong className="truncate" title={state.fileName}>
            {state.fileName}
          </strong>
          <span className="muted" style={{ fontSize: 13 }}>
            {state.datasetName}, {state.versionName} · <RelativeTime value={state.createdAt} />
          </span>
        </span>
        <Badge variant="light" color={COLOURS[status]} radius="sm">
          {status.toLowerCase()}
        </Badge>
      </div>
      {status === 'RUNNING' && (
        <div aria-live="polite">
          <span style={{ fontSize: 13 }}>
            {count(samplesDone)}
            {samplesTotal == null ? '' : ` of ${count(samplesTotal)}`} samples
          </span>
          <Progress
            value={samplesTotal ? (samplesDone / samplesTotal) * 100 : 100}
            animated={!samplesTotal}
            aria-label="Samples read"
          />
        </div>
      )}
      {datasetVersion && (
        <p style={{ margin: 0 }}>
          {state.alreadyExisted
            ? 'The same content was there already: '
            : `${count(datasetVersion.sampleCount)} samples are in: `}
          <Link href={`/datasets/${bareId(datasetVersion.id)}`}>
            {state.datasetName}, {datasetVersion.name}
          </Link>
        </p>
      )}
      {state.problems.length > 0 && (
        <div role="alert">
          <p style={{ margin: '0 0 6px', color: 'var(--wrong)', fontWeight: 600 }}>
            {count(state.problemCount)} {state.problemCount === 1 ? 'problem' : 'problems'}; nothing was imported.
            {state.problemCount > state.problems.length && ` The first ${count(state.problems.length)}:`}
          </p>
          <div className="scroll" style={{ maxHeight: 360, overflow: 'auto' }} tabIndex={0}>
            <table className="data" aria-label="Problems">
              <thead>
                <tr>
                  <th scope="col">Where</th>
                  <th scope="col">What</th>
                  <th scope="col">Value</th>
                  <th scope="col">What to do</th>
                </tr>
              </thead>
              <tbody>
                {state.problems.map((p, i) => (
                  <tr key={i}>
                    <td style={{ whiteSpace: 'nowrap' }}>{p.place ?? '–'}</td>
                    <td>{p.message}</td>
                    <td style={{ overflowWrap: 'anywhere' }}>{p.value ?? '–'}</td>
                    <td>{p.mend ?? '–'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
    </article>
  );
}
