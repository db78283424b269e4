import { parseOrder, parseSearch, type RunFilter, type RunOrder } from '@samplewise/domain';
import { z } from 'zod';
import { connectionOf, type Page } from './connection.ts';
import { operation } from './operation.ts';
import { runSchema, type Run } from './runs.ts';
import type { Transport } from './transport.ts';

export interface ListRunsOptions {
  projectId: string;
  /** Such as `accuracy > 0.8 and tag.stage = final`; see docs/search.md. */
  search?: string;
  filter?: RunFilter;
  /** Such as `metric.loss.min, created desc`; newest first unless given. */
  order?: string;
  /** How many runs at most; 100 unless given. */
  limit?: number;
  /** Keys whose values come with each run. */
  params?: readonly string[];
  metrics?: readonly string[];
}

const value = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity']).transform(Number)]);
const rowSchema = runSchema.pick({ id: true, name: true, status: true, sampleTotal: true, sampleDone: true }).extend({
  paramValues: z.array(z.string().nullable()),
  metricValues: z.array(value.nullable()),
});
/** What a table shows of a run; values are in the order of the keys that were asked for, null where it has none. */
export type RunRow = Pick<Run, 'id' | 'name' | 'status' | 'sampleTotal' | 'sampleDone'> & {
  paramValues: (string | null)[];
  metricValues: (number | null)[];
};

interface Variables {
  id: string;
  first: number;
  after: string | null;
  search: string;
  filter: RunFilter;
  order: RunOrder[];
  params: readonly string[];
  metrics: readonly string[];
}

export const LIST_RUNS = operation<Variables>()(
  `query ListRuns($id: ID!, $first: Int!, $after: String, $search: String, $filter: RunFilter, $order: [RunOrder!],
                  $params: [String!]!, $metrics: [String!]!) {
    node(id: $id) {
      ... on Project {
        runs(first: $first, after: $after, search: $search, filter: $filter, order: $order) {
          edges { node { id name status sampleTotal sampleDone paramValues(keys: $params) metricValues(keys: $metrics) } }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }`,
  z.object({ node: z.object({ runs: connectionOf<RunRow>(rowSchema) }) }),
);

const PAGE = 200;

/**
 * Runs of a project that fit, in their order.
 * @throws InvalidInput naming the character of a search that can't be read
 */
export async function listRuns(transport: Transport, options: ListRunsOptions): Promise<RunRow[]> {
  const { projectId, search = '', filter = {}, order = '', limit = 100, params = [], metrics = [] } = options;
  parseSearch(search);
  const asked = { id: projectId, search, filter, order: parseOrder(order), params, metrics };
  const rows: RunRow[] = [];
  let after: string | null = null;
  while (rows.length < limit) {
    const first = Math.min(PAGE, limit - rows.length);
    const page: Page<RunRow> = (await transport.run(LIST_RUNS, { ...asked, first, after })).node.runs;
    rows.push(...page.edges.map(({ node }) => node));
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  return rows;
}
