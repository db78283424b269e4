'use client';

import { NativeSelect, Skeleton } from '@mantine/core';
import Link from 'next/link';
import { DataTable } from '@/design/DataTable';
import { EstimateCell, IntervalBar } from '@/design/EstimateCell';
import { bareId, count } from '@/design/format';
import { useAddress } from '@/design/use-address';
import { useRead } from '@/design/use-read';
import type { RunSlicesQuery, SliceBy } from '@/generated/graphql';
import { SiblingRuns, SlicesQuery } from './curves.documents';
import { writeFilter, type Filter } from './filter';

type Slices = NonNullable<Extract<RunSlicesQuery['node'], { __typename: 'Run' }>['slices']>;

const KINDS = {
  confidence: { by: 'CONFIDENCE', label: 'Confidence', what: 'Score of the predicted class, in bins of equal size' },
  truth: { by: 'LABEL', label: 'True class', what: 'The true class' },
  prediction: { by: 'PREDICTED', label: 'Predicted class', what: 'The predicted class' },
  split: { by: 'SPLIT', label: 'Split', what: 'Split of the dataset' },
  agreement: { by: 'AGREEMENT', label: 'Agreement of the runs', what: 'How many runs of the experiment are right' },
} as const satisfies Record<string, { by: SliceBy; label: string; what: string }>;
type Kind = keyof typeof KINDS;

const HEADS = [
  { label: 'Slice' },
  { label: 'Samples', number: true },
  { label: 'Accuracy %', number: true },
  { label: '0 to 100 %', hidden: true },
  { label: 'Macro F1 %', number: true },
];

interface Props {
  runId: string;
  experimentId: string;
  /** Of the page that shows samples. */
  pathname: string;
}

/** Where the run is good and where it is not. */
export function SlicesPanel({ runId, experimentId, pathname }: Props) {
  const [params, change] = useAddress();
  const given = params.get('slices');
  const kind: Kind = given !== null && given in KINDS ? (given as Kind) : 'confidence';
  const { by, what } = KINDS[kind];
  const others = useSiblings(runId, experimentId, by === 'AGREEMENT');
  const lonely = others?.length === 0;
  const ready = by !== 'AGREEMENT' || (others && !lonely);
  const { data, error } = useRead(
    SlicesQuery,
    ready ? { id: runId, by, ...(by === 'AGREEMENT' && { with: others! }) } : undefined,
  );
  const slices = data?.node?.__typename === 'Run' ? data.node.slices : undefined;
  return (
    <section className="panel" aria-label="Slices" style={{ padding: 8 }}>
      <div className="row spread" style={{ padding: '6px 10px' }}>
        <h2>Slices</h2>
        <NativeSelect
          size="xs"
          aria-label="Slices by"
          value={kind}
          onChange={(event) => {
            const next = event.currentTarget.value;
            change({ slices: next === 'confidence' ? undefined : next });
          }}
          data={Object.entries(KINDS).map(([value, { label }]) => ({ value, label: `By ${label.toLowerCase()}` }))}
        />
      </div>
      {error !== undefined && <p role="alert">The slices could not be computed: {error}</p>}
      {by === 'AGREEMENT' && lonely && (
        <p className="muted" style={{ padding: '0 10px' }}>
          No other run of the experiment has finished.
        </p>
      )}
      {ready && !slices && error === undefined && <Skeleton height={210} radius={6} />}
      {ready && slices && <SliceRows slices={slices} kind={kind} what={what} pathname={pathname} />}
    </section>
  );
}

function SliceRows({
  slices: { slices, looks },
  kind,
  what,
  pathname,
}: {
  slices: Slices;
  kind: Kind;
  what: string;
  pathname: string;
}) {
  return (
    <>
      <DataTable label="Slices of the samples" heads={HEADS}>
        {slices
          .filter(({ count: samples }) => samples > 0)
          .map(({ value, count: samples, accuracy, macroF1 }) => {
            const to = filterOf(kind, value);
            return (
              <tr key={value}>
                <td>{to ? <Link href={`${pathname}${writeFilter(to)}`}>{value}</Link> : value}</td>
                <td className="number">{count(samples)}</td>
                <td className="number">
                  <EstimateCell estimate={accuracy} />
                </td>
                <td style={{ width: 120 }}>
                  <IntervalBar estimate={accuracy} />
                </td>
                <td className="number">
                  <EstimateCell estimate={macroF1} />
                </td>
              </tr>
            );
          })}
      </DataTable>
      <p className="muted" style={{ fontSize: 12.5, margin: '8px 10px' }}>
        {what}. Of {looks} intervals at 95 % about one in twenty misses; the lowest slice is not by itself a finding.
      </p>
    </>
  );
}

/** The samples of a slice, where the gallery can show just these. */
function filterOf(kind: Kind, value: string): Filter | undefined {
  if (kind === 'truth') return { truth: value };
  if (kind === 'prediction') return value === 'none' ? { none: true } : { predicted: value };
  return undefined;
}

/** Up to nineteen other finished runs of the experiment; undefined until they are read. */
function useSiblings(runId: string, experimentId: string, wanted: boolean): string[] | undefined {
  const { data } = useRead(SiblingRuns, wanted ? { experimentId } : undefined);
  if (data?.node?.__typename !== 'Experiment') return undefined;
  return data.node.runs.edges
    .filter(({ node }) => node.evaluation && bareId(node.id) !== bareId(runId))
    .map(({ node }) => node.id)
    .slice(0, 19);
}
