import { graphql } from '@/generated';

export const RunsGroups = graphql(`
  query RunsGroups(
    $projectId: ID!
    $by: RunGroupBy!
    $filter: RunFilter
    $search: String
    $metrics: [MetricOrder!]
    $first: Int!
  ) {
    node(id: $projectId) {
      __typename
      ... on Project {
        id
        runGroups(by: $by, filter: $filter, search: $search, metrics: $metrics, first: $first) {
          value
          runs
          metrics {
            runs
            mean
            min
            max
            deviation
          }
        }
      }
    }
  }
`);
