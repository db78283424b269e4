'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { CopyButton } from '@/design/CopyButton';
import { bytes, count } from '@/design/format';
import type { RunSetupFragment } from '@/generated/graphql';
import styles from './RunConfig.module.css';

/** Where the code was, and what it ran on. */
export function Environment({ run: { git, machine, executors } }: { run: RunSetupFragment }) {
  const facts: [string, ReactNode][] = [
    ['Command', machine?.command != null && <code>{machine.command}</code>],
    ['Commit', git?.commit != null && <code>{git.commit}</code>],
    ['Branch', git?.branch],
    ['Repository', git?.remote],
    ['Changed since', git?.dirty == null ? null : git.dirty ? 'yes: the difference is below' : 'no'],
    ['Processor', machine?.cpu],
    ['Cores', machine?.cores == null ? null : count(machine.cores)],
    ['Memory', machine?.memoryBytes == null ? null : bytes(machine.memoryBytes)],
    ['Graphics cards', machine?.gpus.join(', ')],
    ['System', machine?.os],
    ['Host', machine?.hostname],
    ['Python', machine?.python],
    ['Node', machine?.node],
    [
      'Executors',
      executors.length > 0 && <Link href="/executors">{executors.map(({ name }) => name).join(', ')}</Link>,
    ],
  ];
  const known = facts.filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false);
  if (known.length === 0) return null;
  return (
    <section className="panel" aria-label="Code and machine">
      <h2>Code and machine</h2>
      <dl className={styles.facts}>
        {known.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {git?.diff != null && git.diff !== '' && (
        <details style={{ marginTop: 10 }}>
          <summary className="muted">What no commit has</summary>
          <div style={{ marginTop: 8 }}>
            <CopyButton label="Copy the difference" text={() => git.diff!}>
              Copy
            </CopyButton>
          </div>
          <pre className={styles.code} tabIndex={0}>
            {git.diff}
          </pre>
        </details>
      )}
    </section>
  );
}
