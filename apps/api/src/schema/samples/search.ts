import { queryFromInfo } from '@pothos/plugin-prisma';
import { resolveCursorConnection } from '@pothos/plugin-relay';
import type { Prisma, Sample } from '@samplewise/database';
import type { GraphQLResolveInfo } from 'graphql';
import { loadSample } from '../../samples/load-samples.ts';
import { cursorAt, placeOfCursor } from '../../samples/search/cursor.ts';
import { findSamples, type Found } from '../../samples/search/find-samples.ts';
import { placeIn } from '../../samples/search/order.ts';
import type { Context } from '../../context.ts';
import { builder, PAGE_LIMIT } from '../builder.ts';
import { isHidden, SampleRef } from '../datasets/dataset.ts';
import { sampleKey } from '../shared/sample-key.ts';
import { wholeNumber } from '../shared/numbers.ts';
import { asksByLabels, queryOf, SampleFilterInput, SampleOrderInput } from './inputs.ts';

interface RunAnswer {
  runId: bigint;
  predicted: string | null;
  confidence: number | null;
  /** Null where it is hidden. */
  correct: boolean | null;
}

const RunAnswerRef = builder.objectRef<RunAnswer>('RunAnswer').implement({
  description: 'What a run says of a sample, in short.',
  fields: (t) => ({
    runId: t.id({ description: 'Such as Run_1.', resolve: ({ runId }) => `Run_${runId}` }),
    predicted: t.exposeString('predicted', { nullable: true, description: 'The predicted class; none: no answer.' }),
    confidence: t.exposeFloat('confidence', { nullable: true, description: 'Score of the predicted class.' }),
    correct: t.exposeBoolean('correct', {
      nullable: true,
      description: 'Whether it is the true class; none where that is hidden.',
      labels: 'narrowed',
    }),
  }),
});

/** What an edge or a page is of, beside what Relay asks for. */
interface OfSearch {
  found: Found;
}

const FoundSampleEdge = builder.edgeObject({
  type: SampleRef,
  name: 'FoundSampleEdge',
  description: 'A sample that was found, and its cursor.',
  fields: (t) => ({
    answers: t.field({
      type: [RunAnswerRef],
      description: 'What the runs of the search say of it, in their order.',
      resolve: async (edge, _args, context) => {
        const { found } = edge as unknown as OfSearch;
        const { index, split } = edge.node;
        return answersTo(found, index, await isHidden(context, found.samples.versionId, split));
      },
    }),
  }),
});

interface Neighbours {
  found: Found;
  /** Of the sample itself; -1: it is not among them. */
  place: number;
}

const NeighboursRef = builder.objectRef<Neighbours>('SampleNeighbours').implement({
  description: 'What stands before and after a sample in a search.',
  fields: (t) => {
    const beside = (by: 1 | -1, description: string) =>
      t.field({
        type: SampleRef,
        nullable: true,
        description,
        resolve: ({ found, place }, _args, context) => {
          const index = place < 0 ? undefined : found.indices[place + by];
          return index === undefined ? null : loadSample(context, { versionId: found.samples.versionId, index });
        },
      });
    return {
      position: t.int({
        nullable: true,
        description: 'Its own place, from 0; none where it was not found.',
        resolve: ({ place }) => (place < 0 ? null : place),
      }),
      previous: beside(-1, 'The sample before it.'),
      next: beside(1, 'The sample after it.'),
    };
  },
});

const SampleSearch = builder.connectionObject(
  {
    type: SampleRef,
    name: 'SampleSearchConnection',
    description: 'A page of the samples that were found.',
    fields: (t) => ({
      totalCount: t.int({
        description: 'All samples that were found.',
        resolve: (page) => (page as unknown as OfSearch).found.indices.length,
      }),
      neighbours: t.field({
        type: NeighboursRef,
        description: 'What stands before and after one of them.',
        args: { sampleId: t.arg.id({ required: true, description: 'Such as Sample_1-417.' }) },
        resolve: (page, { sampleId }) => {
          const { found } = page as unknown as OfSearch;
          const { versionId, index } = sampleKey(sampleId, 'sampleId');
          const place = found.samples.versionId === versionId ? placeOf(found, index) : -1;
          return { found, place };
        },
      }),
    }),
  },
  FoundSampleEdge,
);

builder.prismaObjectField('DatasetVersion', 'sampleSearch', (t) =>
  t.connection(
    {
      type: SampleRef,
      description:
        'Samples by what they show, what runs say of them and how these agree, in any order. Pages may begin anywhere.',
      complexity: ({ first, last }) => ({ field: 200, multiplier: first ?? last ?? 50 }),
      labels: { asksBy: ({ filter, order }, hidden) => hidden.length > 0 && asksByLabels(filter, order) },
      args: {
        filter: t.arg({ type: SampleFilterInput, description: 'Which samples; all unless given.' }),
        order: t.arg({ type: SampleOrderInput, description: 'By their index unless given.' }),
        skip: t.arg.int({ description: 'Begin so many samples after the first one, or after `after`.' }),
      },
      select: { id: true },
      resolve: async ({ id }, args, context, info) => {
        const { database } = context;
        const found = await findSamples(database, id, queryOf(args.filter, args.order));
        const skip = wholeNumber(args.skip ?? 0, 'skip', 0, 2 ** 31 - 1);
        const page = await resolveCursorConnection<Promise<Placed[]>>(
          { args, maxSize: PAGE_LIMIT, defaultSize: 50, toCursor: ({ place }) => cursorAt(found, place) },
          async ({ before, after, limit, inverted }) => {
            const from = skip + (after === undefined ? 0 : behind(found, placeOfCursor(found, after, 'after'), after));
            const to = before === undefined ? found.indices.length : placeOfCursor(found, before, 'before');
            const begin = inverted ? Math.max(from, to - limit) : from;
            const placed = await readPage(context, info, found, begin, inverted ? to : Math.min(to, from + limit));
            return inverted ? placed.toReversed() : placed;
          },
        );
        const edges = page.edges.map((edge) => ({ cursor: edge.cursor, node: edge.node.sample, found }));
        const { hasPreviousPage } = page.pageInfo;
        return { ...page, edges, pageInfo: { ...page.pageInfo, hasPreviousPage: hasPreviousPage || skip > 0 }, found };
      },
    },
    SampleSearch,
  ),
);

/** The first place after a cursor, whose own sample may be among them or not. */
function behind(found: Found, place: number, cursor: string): number {
  return place < found.indices.length && cursorAt(found, place) === cursor ? place + 1 : place;
}

interface Placed {
  sample: Sample;
  place: number;
}

/** The samples at some places, with whatever is asked for of them. */
async function readPage(
  context: Context,
  info: GraphQLResolveInfo,
  found: Found,
  from: number,
  to: number,
): Promise<Placed[]> {
  const indices = found.indices.slice(from, Math.max(from, to));
  if (indices.length === 0) return [];
  const query = queryFromInfo({ context, info, path: ['edges', 'node'] }) as { include: Prisma.SampleInclude };
  const rows = await context.database.prisma.sample.findMany({
    ...query,
    where: { versionId: found.samples.versionId, index: { in: [...indices] } },
  });
  const byIndex = new Map(rows.map((row) => [row.index, row]));
  return Array.from(indices, (index, i) => ({ sample: byIndex.get(index)!, place: from + i }));
}

/** The place of a sample among those that were found; -1: it is none of them. */
function placeOf(found: Found, index: number): number {
  if (!found.values) {
    const place = placeIn(found, 0, index);
    return found.indices[place] === index ? place : -1;
  }
  return found.indices.indexOf(index);
}

function answersTo({ samples, runs }: Found, index: number, hidden: boolean): RunAnswer[] {
  return runs.map(({ id: runId, predicted, confidence }) => ({
    runId,
    predicted: samples.labels[predicted[index]!] ?? null,
    confidence: Number.isNaN(confidence[index]!) ? null : confidence[index]!,
    correct: hidden ? null : predicted[index] === samples.truth[index],
  }));
}
