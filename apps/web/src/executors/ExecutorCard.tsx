import { Badge } from '@mantine/core';
import Link from 'next/link';
import { bareId, bytes, count, money } from '@/design/format';
import { RelativeTime } from '@/design/RelativeTime';
import type { ExecutorCardFragment, ExecutorStatus } from '@/generated/graphql';
import { LoadBar } from './LoadBar';
import { readHardware, readSettings, readVersions } from './machine';
import styles from './Executors.module.css';

const STATUS: Record<ExecutorStatus, { word: string; colour: string }> = {
  RUNNING: { word: 'there', colour: 'teal' },
  STOPPED: { word: 'stopped', colour: 'gray' },
  LOST: { word: 'lost', colour: 'red' },
};

/** One executor: what it is, what it does now, how busy its machine is. */
export function ExecutorCard({ executor }: { executor: ExecutorCardFragment }) {
  const { name, host, status, hardware, settings, cpuPercent, machineMemoryBytes, memoryBytes } = executor;
  const machine = readHardware(hardware);
  const limits = readSettings(settings);
  const isThere = status === 'RUNNING';
  const machineMemory = Number(machineMemoryBytes ?? 0);
  return (
    <article className={`panel stack ${styles.card}`} aria-label={`Executor ${name}`}>
      <div className="row spread" style={{ flexWrap: 'nowrap', alignItems: 'flex-start' }}>
        <div style={{ minWidth: 0 }}>
          <h3 className={styles.name}>{name}</h3>
          <div className="muted" style={{ fontSize: 13, overflowWrap: 'anywhere' }}>
            {[host === name ? undefined : host, machine.cpu, machine.cores && `${machine.cores} cores`]
              .filter(Boolean)
              .join(' · ')}
          </div>
        </div>
        <Badge variant="light" color={STATUS[status].colour} size="sm" radius="sm" style={{ flex: 'none' }}>
          {STATUS[status].word}
        </Badge>
      </div>
      {isThere && (
        <div className={styles.loads}>
          {cpuPercent != null && (
            <LoadBar name="Processors" share={cpuPercent / 100} words={`${cpuPercent.toFixed(0)} %`} />
          )}
          {machine.memoryBytes !== undefined && machineMemory > 0 && (
            <LoadBar
              name="Memory"
              share={machineMemory / machine.memoryBytes}
              part={Number(memoryBytes) / machine.memoryBytes}
              words={`${bytes(machineMemory)} of ${bytes(machine.memoryBytes)}, ${bytes(Number(memoryBytes))} its own`}
            />
          )}
        </div>
      )}
      <Work executor={executor} />
      <dl className="facts">
        <dt>Done</dt>
        <dd>
          {count(executor.shardsDone)} shards, {count(Number(executor.samplesDone))} samples
        </dd>
        <dt>{isThere ? 'Heard of' : 'Last heard of'}</dt>
        <dd>
          <RelativeTime value={executor.heartbeatAt} />, started <RelativeTime value={executor.startedAt} />
        </dd>
        {limits.price && (
          <>
            <dt>Price</dt>
            <dd>
              {money(limits.price.perHour, limits.price.currency)} an hour
              {limits.powerWatts !== undefined && `, ${limits.powerWatts} W`}
            </dd>
          </>
        )}
      </dl>
      <Details executor={executor} />
    </article>
  );
}

function Work({ executor: { current, status } }: { executor: ExecutorCardFragment }) {
  if (status !== 'RUNNING') return null;
  if (current.length === 0)
    return (
      <p className="muted" style={{ margin: 0 }}>
        At work on nothing that you may see.
      </p>
    );
  return (
    <ul className={styles.work} aria-label="At work on">
      {current.map(({ index, samples, run, claimedAt, attempts }) => (
        <li key={`${run.id} ${index}`}>
          <Link href={`/runs/${bareId(run.id)}`} className="truncate" title={run.name}>
            {run.name}
          </Link>
          <span className="muted">
            shard {index}, {count(samples)} samples{attempts > 1 && `, attempt ${attempts}`}
            {claimedAt != null && (
              <>
                , <RelativeTime value={claimedAt} />
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Details({ executor }: { executor: ExecutorCardFragment }) {
  const machine = readHardware(executor.hardware);
  const limits = readSettings(executor.settings);
  const { node, os, packages = {} } = readVersions(executor.versions);
  const facts: [string, string | undefined][] = [
    ['Threads of a model', machine.threads?.toString()],
    ['Shards at once', limits.shardsAtOnce?.toString()],
    ['Memory of a model', limits.memoryBytes === undefined ? undefined : `at most ${bytes(limits.memoryBytes)}`],
    ['Without progress', limits.timeoutSeconds === undefined ? undefined : `given up after ${limits.timeoutSeconds} s`],
    ['System', os],
    ['Node', node],
    ...Object.entries(packages),
  ];
  return (
    <details style={{ fontSize: 13 }}>
      <summary className="muted" style={{ cursor: 'pointer' }}>
        Limits and versions
      </summary>
      <dl className="facts" style={{ marginTop: 8 }}>
        {facts.map(([name, value]) =>
          value === undefined ? null : (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </details>
  );
}
