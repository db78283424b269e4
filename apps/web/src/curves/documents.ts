import { graphql } from '@/generated';

/** Which curves runs have. */
export const CurveKeys = graphql(`
  query CurveKeys($runIds: [ID!]!, $kind: MetricKind!) {
    nodes(ids: $runIds) {
      __typename
      ... on Run {
        id
        name
        metrics(kind: $kind) {
          key
          count
        }
      }
    }
  }
`);

export const Curves = graphql(`
  query Curves($runIds: [ID!]!, $keys: [String!]!, $points: Int!, $fromStep: BigInt) {
    metricSeries(runIds: $runIds, keys: $keys, points: $points, fromStep: $fromStep) {
      runId
      key
      total
      steps
      times
      values
    }
  }
`);

export const RunMetricsChanged = graphql(`
  subscription RunMetricsChanged($runId: ID!, $kind: MetricKind!) {
    runMetricsChanged(runId: $runId, kind: $kind) {
      key
      count
    }
  }
`);
