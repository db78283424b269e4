'use client';

import { Button, NativeSelect, Progress } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { count, duration } from '@/design/format';
import type { RunHeadFragment } from '@/generated/graphql';
import { PHASES } from './phases';
import { useRun } from './RunContext';
import styles from './RunProgress.module.css';
import { useRunDeeds } from './use-run-deeds';

type PhaseProgress = NonNullable<RunHeadFragment['progress']>['phases'][number];

const ICON = { size: 14, stroke: 1.75, 'aria-hidden': true } as const;
const PRIORITIES = Array.from({ length: 21 }, (_, i) => 10 - i);

/** How far a run is that goes on, phase by phase, and what can be done about it. */
export function RunProgress() {
  const { run, canWrite } = useRun();
  const { cancel, pause, prioritize } = useRunDeeds();
  const ofExecutor = run.source === 'EXECUTOR';
  return (
    <section className="panel" aria-label="Progress">
      <div className="row spread">
        <p style={{ margin: 0 }} aria-live="polite">
          {sentenceOf(run)}
        </p>
        {canWrite && (
          <span className="row" style={{ gap: 8 }}>
            {ofExecutor && (
              <>
                <NativeSelect
                  size="xs"
                  aria-label="Priority"
                  title="Executors take runs of a higher priority first among those of the team"
                  value={run.priority}
                  onChange={(event) => void prioritize(Number(event.currentTarget.value))}
                  data={PRIORITIES.map((value) => ({ value: String(value), label: `Priority ${value}` }))}
                />
                <Button
                  size="xs"
                  variant="default"
                  leftSection={run.pausedAt ? <IconPlayerPlay {...ICON} /> : <IconPlayerPause {...ICON} />}
                  onClick={() => void pause(!run.pausedAt)}
                >
                  {run.pausedAt ? 'Go on' : 'Pause'}
                </Button>
              </>
            )}
            <Button
              size="xs"
              variant="default"
              color="red"
              leftSection={<IconX {...ICON} />}
              onClick={() => void cancel()}
            >
              Cancel
            </Button>
          </span>
        )}
      </div>
      {run.progress && run.progress.phases.length > 0 && (
        <ul className={styles.phases}>
          {run.progress.phases.map((phase) => (
            <PhaseRow key={phase.phase} phase={phase} />
          ))}
        </ul>
      )}
    </section>
  );
}

function PhaseRow({ phase: { phase, done, total, running, samplesPerSecond, cached } }: { phase: PhaseProgress }) {
  const share = total === 0 ? 0 : (done / total) * 100;
  const figures = [
    `${count(done)} of ${count(total)}`,
    samplesPerSecond == null ? undefined : `${count(Math.round(samplesPerSecond))} samples/s at work`,
    cached > 0 ? `${count(cached)} from the cache` : undefined,
  ];
  return (
    <li>
      <span>{PHASES[phase]}</span>
      <Progress value={running && done === 0 ? 100 : share} animated={running} size="sm" aria-label={PHASES[phase]} />
      <span className="muted number">
        {phase === 'EVALUATION'
          ? running
            ? 'at work'
            : 'waits for the last sample'
          : figures.filter(Boolean).join(' · ')}
      </span>
    </li>
  );
}

function sentenceOf({ status, source, pausedAt, sampleTotal, sampleDone, progress }: RunHeadFragment): string {
  if (pausedAt) return 'Paused: executors leave it alone. What is stored stays.';
  if (status === 'QUEUED') return 'Queued: it waits for an executor.';
  if (sampleTotal === 0) return 'Its client is at work.';
  if (sampleDone >= sampleTotal) {
    return source === 'CLIENT' ? 'All samples are predicted; it waits for its client to finish it.' : 'Evaluating …';
  }
  const { samplesPerSecond, secondsLeft } = progress ?? {};
  if (samplesPerSecond == null || secondsLeft == null) return 'The first samples are on their way.';
  const rate = samplesPerSecond < 10 ? samplesPerSecond.toFixed(1) : count(Math.round(samplesPerSecond));
  return `${rate} samples per second of late, ${secondsLeft < 10 ? 'a few seconds' : `about ${duration(secondsLeft)}`} left.`;
}
