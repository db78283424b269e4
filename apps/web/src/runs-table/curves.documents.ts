import { graphql } from '@/generated';

export const SmallCurves = graphql(`
  query SmallCurves($runIds: [ID!]!, $keys: [String!]!, $points: Int!) {
    metricSeries(runIds: $runIds, keys: $keys, points: $points) {
      runId
      key
      total
      steps
      values
    }
  }
`);
