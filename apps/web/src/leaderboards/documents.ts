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

export const LeaderboardRow = graphql(`
  fragment LeaderboardRow on LeaderboardEntry {
    position
    rank
    name
    letters
    covered
    submissions
    ranks {
      low
      high
    }
    value {
      ...Estimate
    }
    toLeader {
      adjustedP
      difference {
        ...Estimate
      }
    }
    costs {
      name
      value
      onFront
    }
    run {
      id
    }
  }
`);

export const LeaderboardPage = graphql(`
  query LeaderboardPage($id: ID!, $after: String) {
    node(id: $id) {
      __typename
      ... on Leaderboard {
        id
        name
        description
        metric
        direction
        split
        visibility
        costs
        labelsHidden
        failure {
          ...Problem
        }
        project {
          ...FramedProject
        }
        datasetVersion {
          id
          name
          dataset {
            name
          }
        }
        result {
          samples
          leakedSamples
          test
          grouped
          computedAt
          checks {
            code
            level
            message
          }
        }
        entries(first: 100, after: $after) {
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              ...LeaderboardRow
            }
          }
        }
      }
    }
  }
`);
