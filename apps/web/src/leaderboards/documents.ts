import { graphql } from '@/generated';

export const LeaderboardsPage = graphql(`
  query LeaderboardsPage($team: String!, $slug: String!, $after: String) {
    project(team: $team, slug: $slug) {
      ...FramedProject
      leaderboards(first: 50, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            name
            description
            metric
            split
            visibility
            labelsHidden
            datasetVersion {
              id
              name
              dataset {
                name
              }
            }
            result {
              samples
              computedAt
            }
            entries(first: 1) {
              edges {
                node {
                  name
                  value {
                    ...Estimate
                  }
                }
              }
            }
          }
        }
      }
    }
  }
`);
