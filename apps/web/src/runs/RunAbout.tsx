'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { OnVersion } from '@/datasets/OnVersion';
import { bareId, duration } from '@/design/format';
import { RelativeTime } from '@/design/RelativeTime';
import { isOpen, useRun } from './RunContext';
import styles from './RunAbout.module.css';
import { StatusBadge } from './StatusBadge';
import { TagEditor } from './TagEditor';

const SOURCES = { EXECUTOR: 'by an executor', CLIENT: 'by a client', IMPORT: 'imported' } as const;

/** Where a run stands: what it is made of, who began it and when, how it went. */
export function RunAbout() {
  const { run, framed } = useRun();
  const { modelConfig: model, restorationConfig: restoration, parent, experiment } = framed;
  return (
    <div className={styles.about}>
      <div className="row" aria-live="polite" style={{ gap: '4px 14px' }}>
        <StatusBadge status={run.status} done={run.sampleDone} total={run.sampleTotal} />
        {run.pausedAt && isOpen(run) && <strong>paused</strong>}
        {run.archivedAt && <strong>archived</strong>}
        <span>
          <RelativeTime value={run.createdAt} />
          {run.createdBy !== null && ` by ${run.createdBy}`}, {SOURCES[run.source]}
        </span>
        <Took started={run.startedAt} finished={run.finishedAt} />
      </div>
      <dl className={styles.facts}>
        {model && (
          <Fact name="Model">
            <Link href={`/models/${bareId(model.id)}`}>
              {model.name} <span className="muted">v{model.version}</span>
            </Link>
          </Fact>
        )}
        {restoration && (
          <Fact name="Restoration">
            <Link href={`/restorations/${bareId(restoration.id)}`}>
              {restoration.name} <span className="muted">v{restoration.version}</span>
            </Link>
          </Fact>
        )}
        <Fact name="Dataset">
          <OnVersion version={experiment.datasetVersion} bare />
        </Fact>
        <Fact name="Seed">
          <span className="number">{run.seed}</span>
        </Fact>
        {run.group != null && <Fact name="Group">{run.group}</Fact>}
        {parent && (
          <Fact name="Part of">
            <Link href={`/runs/${bareId(parent.id)}`}>{parent.name}</Link>
          </Fact>
        )}
      </dl>
      <TagEditor />
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Took({ started, finished }: { started: string | null | undefined; finished: string | null | undefined }) {
  if (!started || !finished) return null;
  return <span>took {duration((Date.parse(finished) - Date.parse(started)) / 1000)}</span>;
}
