import { graphql } from '@/generated';

export const SectionCounts = graphql(`
  query SectionCounts($id: ID!) {
    node(id: $id) {
      __typename
      ... on Project {
        experiments(first: 0) {
          totalCount
        }
        runs(first: 0) {
          totalCount
          totalCountIsExact
        }
        datasets(first: 0) {
          totalCount
        }
        modelConfigs(first: 0) {
          totalCount
        }
        restorationConfigs(first: 0) {
          totalCount
        }
        leaderboards(first: 0) {
          totalCount
        }
      }
    }
  }
`);
