import type { ExperimentReport } from '@samplewise/domain';
import { datasetPath, runPath } from '../addresses.ts';
import { cell, type Section } from '../blocks.ts';

/** What to know before believing it. */
export const threats = ({ threats: known }: ExperimentReport): Section => ({
  title: 'Threats to validity',
  blocks: [{ kind: 'list', items: known }],
});

/** What everything rests on, so that anybody can compute it again. */
export const foundation = ({ dataset, runs, unfinished }: ExperimentReport, digest: string): Section => ({
  title: 'What it rests on',
  blocks: [
    {
      kind: 'text',
      text: 'Every figure is computed from stored predictions, which can be exported with their samples and computed again. The report is named by a SHA-256 over all of its figures, as canonical JSON.',
    },
    {
      kind: 'facts',
      facts: [
        ['Report, SHA-256', digest],
        ['Dataset version, SHA-256', dataset.digest],
      ],
    },
    {
      kind: 'table',
      name: 'runs',
      folded: true,
      caption: 'Predictions of each run.',
      columns: [
        { label: 'Run', text: true },
        { label: 'Seed' },
        { label: 'Finished', text: true },
        { label: 'Predictions, SHA-256', text: true },
      ],
      rows: runs.map((run) => [
        cell(`${run.runId} ${run.name}`, runPath(run.runId)),
        cell(String(run.seed)),
        cell(`${run.finishedAt.slice(0, 16).replace('T', ' ')} UTC`),
        cell(run.predictionsDigest, datasetPath(dataset.id)),
      ]),
    },
    ...(unfinished.length === 0
      ? []
      : [
          {
            kind: 'list' as const,
            items: unfinished.map(
              ({ name, status, reason }) =>
                `Missing: ${name}, ${status.toLowerCase()}${reason === null ? '' : `: ${reason}`}`,
            ),
          },
        ]),
  ],
});
