'use client';

import { Button } from '@mantine/core';
import { useState } from 'react';
import { csvOfTable } from '@/charts/csv';
import { SaveButton } from '@/charts/SaveButton';
import { bareId, count } from '@/design/format';
import type { ComparePageQuery, RunFactSection } from '@/generated/graphql';
import type { NamedRun } from './named-run';

type Difference = ComparePageQuery['runDifference'];

const SECTIONS: Readonly<Record<RunFactSection, string>> = {
  RUN: 'Run',
  PARAM: 'Param',
  TAG: 'Tag',
  MODEL: 'Model',
  RESTORATION: 'Restoration',
  ENVIRONMENT: 'Environment',
};

/** What is made on purpose first; environments differ in a hundred versions. */
const FIRST: readonly RunFactSection[] = ['MODEL', 'RESTORATION', 'PARAM', 'RUN', 'TAG', 'ENVIRONMENT'];
const SHOWN = 12;

/** Params, configs and environments, as far as they are not the same in all runs. */
export function SettingsDifference({ runs, difference }: { runs: readonly NamedRun[]; difference: Difference }) {
  const [all, setAll] = useState(false);
  const { same, left } = difference;
  const facts = [...difference.facts].sort((a, b) => FIRST.indexOf(a.section) - FIRST.indexOf(b.section));
  if (facts.length === 0) {
    return <p className="muted">The runs were made with the same settings, of which {count(same)} are known.</p>;
  }
  const shown = all ? facts : facts.slice(0, SHOWN);
  return (
    <>
      <div
        className="scroll"
        style={{ maxHeight: 560, overflowY: 'auto' }}
        tabIndex={0}
        role="group"
        aria-label="Settings"
      >
        <table className="data" aria-label="Settings that differ">
          <thead>
            <tr>
              <th scope="col">Setting</th>
              {runs.map(({ id, name }) => (
                <th key={id} scope="col" title={name}>
                  #{bareId(id)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ section, key, values }) => (
              <tr key={`${section} ${key}`}>
                <td style={{ overflowWrap: 'anywhere', minWidth: 190 }}>
                  {key}
                  <span className="muted" style={{ display: 'block', fontSize: 12 }}>
                    {SECTIONS[section]}
                  </span>
                </td>
                {values.map((value, i) => (
                  <td key={runs[i]!.id} style={{ minWidth: 120, maxWidth: 220 }}>
                    <span className="truncate" title={value ?? undefined}>
                      {value ?? '–'}
                    </span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="row spread" style={{ padding: '8px 10px 0' }}>
        <span className="muted" style={{ fontSize: 12.5 }}>
          {count(same)} more are the same in all.
          {left > 0 && ` ${count(left)} that differ are beyond what is told at once.`}
        </span>
        <span className="row" style={{ gap: 8 }}>
          {facts.length > SHOWN && (
            <Button size="compact-xs" variant="default" onClick={() => setAll(!all)}>
              {all ? 'Show fewer' : `Show all ${count(facts.length)}`}
            </Button>
          )}
          <SaveButton
            name="settings.csv"
            text={() =>
              csvOfTable([
                ['section', 'setting', ...runs.map(({ name }) => name)],
                ...facts.map(({ section, key, values }) => [SECTIONS[section], key, ...values]),
              ])
            }
          />
        </span>
      </div>
    </>
  );
}
