'use client';

import { Button } from '@mantine/core';
import Link from 'next/link';
import { useState } from 'react';
import { DataTable, type Head } from '@/design/DataTable';
import { Empty } from '@/design/Empty';
import { bareId, percent } from '@/design/format';
import { tellProblem } from '@/design/tell';
import type { SamplePredictionFragment, SamplePageQuery } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { MorePredictions } from './documents';
import { ScoreCells, SCORE_COLUMNS } from './ScoreCells';
import styles from './One.module.css';

type Predictions = Extract<SamplePageQuery['node'], { __typename: 'Sample' }>['predictions'];

interface Props {
  sampleId: string;
  /** None where it is hidden. */
  truth: string | null;
  labels: readonly string[];
  first: Predictions;
  /** Bare ids of runs that are looked at. */
  marked: readonly string[];
}

/** What all runs say of a sample, the newest first. */
export function PredictionsTable({ sampleId, truth, labels, first, marked }: Props) {
  const [pages, setPages] = useState([first]);
  const [loading, setLoading] = useState(false);
  const last = pages.at(-1)!;
  const more = async (): Promise<void> => {
    setLoading(true);
    const { data, error } = await browserClient()
      .query(MorePredictions, { id: sampleId, after: last.pageInfo.endCursor })
      .toPromise();
    setLoading(false);
    if (data?.node?.__typename === 'Sample') setPages([...pages, data.node.predictions]);
    else tellProblem('More predictions could not be read', error?.message ?? 'No answer came.');
  };
  const rows = pages.flatMap((page) => page.edges.map(({ node }) => node));
  if (rows.length === 0) {
    return (
      <Empty title="No run has predicted it yet.">Queue runs on this dataset version, or log them as a client.</Empty>
    );
  }
  const wide = labels.length <= SCORE_COLUMNS;
  const right = rows.filter(({ correct }) => correct).length;
  const heads: Head[] = [
    { label: 'Run' },
    { label: 'Prediction' },
    { label: 'Confidence', number: true, hint: 'Score of the predicted class, in percent' },
    ...(wide
      ? labels.map((label): Head => ({
          label,
          number: true,
          hint: label === truth ? 'The true class' : `Score of ${label}`,
        }))
      : [{ label: 'Highest scores' }]),
    { label: 'Restoration' },
    { label: 'ms', number: true, hint: 'Milliseconds of its batch, over the size of the batch' },
  ];
  return (
    <section aria-label="Predictions">
      <h2 style={{ marginBottom: 8 }}>
        Predictions{' '}
        {truth !== null && (
          <span className="muted" style={{ fontWeight: 400 }}>
            {right} of {rows.length}
            {last.pageInfo.hasNextPage && '+'} right
          </span>
        )}
      </h2>
      <div className="panel" style={{ padding: 4 }}>
        <DataTable label="What runs say of the sample" heads={heads}>
          {rows.map((prediction) => (
            <Row
              key={prediction.run.id}
              prediction={prediction}
              truth={truth}
              labels={labels}
              wide={wide}
              marked={marked.includes(bareId(prediction.run.id))}
            />
          ))}
        </DataTable>
      </div>
      {last.pageInfo.hasNextPage && (
        <Button variant="light" size="xs" mt={10} loading={loading} onClick={() => void more()}>
          More runs
        </Button>
      )}
    </section>
  );
}

/** @param correct null where the label is hidden */
function Verdict({ words, correct }: { words: string; correct: boolean | null | undefined }) {
  if (correct == null) return words;
  return (
    <span style={{ color: correct ? 'var(--right)' : 'var(--wrong)', fontWeight: 600, whiteSpace: 'nowrap' }}>
      {correct ? '✓' : '✗'} {words}
      <span className="visually-hidden">{correct ? ', right' : ', wrong'}</span>
    </span>
  );
}

interface RowProps {
  prediction: SamplePredictionFragment;
  truth: string | null;
  labels: readonly string[];
  wide: boolean;
  marked: boolean;
}

function Row({ prediction, truth, labels, wide, marked }: RowProps) {
  const { run, predicted, correct, confidence, status, latencyMicros, scores, rawText } = prediction;
  return (
    <>
      <tr style={marked ? { background: 'var(--hover)' } : undefined}>
        <td className={styles.run}>
          <Link href={`/runs/${bareId(run.id)}`} className="truncate" title={run.name}>
            {run.name}
          </Link>
        </td>
        <td>
          <Verdict words={predicted ?? status.toLowerCase()} correct={correct} />
        </td>
        <td className="number">{confidence == null ? '–' : percent(confidence)}</td>
        <ScoreCells scores={scores} labels={labels} truth={truth} predicted={predicted} wide={wide} />
        <td className="muted" style={{ maxWidth: 160 }}>
          <span className="truncate" title={run.restorationConfig?.name}>
            {run.restorationConfig?.name ?? '–'}
          </span>
        </td>
        <td className="number muted">{latencyMicros == null ? '–' : (latencyMicros / 1000).toFixed(1)}</td>
      </tr>
      {rawText != null && (
        <tr>
          <td colSpan={5 + (wide ? labels.length : 1)}>
            <details>
              <summary className="muted" style={{ fontSize: 12.5 }}>
                What the model wrote
              </summary>
              <pre className={styles.raw}>{rawText}</pre>
            </details>
          </td>
        </tr>
      )}
    </>
  );
}
