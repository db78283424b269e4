import { graphql } from '@/generated';

export const BoardHead = graphql(`
  fragment BoardHead on Leaderboard {
    id
    name
    description
    metric
    direction
    split
    visibility
    entryPer
    pick
    excludeLeaks
    costs
    revision
    labelsHidden
    tieBreaks {
      by
      direction
    }
    filter
    failure {
      ...Problem
    }
    project {
      ...FramedProject
    }
    datasetVersion {
      id
      name
      hiddenLabels {
        split
        shownAt
      }
      dataset {
        name
      }
    }
    competition {
      ...CompetitionRule
    }
    result {
      revision
      samples
      leakedSamples
      part
      test
      grouped
      confidence
      computedAt
      checks {
        code
        level
        message
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
    neverPredicts
    first
    entrant
    ranks {
      low
      high
    }
    value {
      ...Estimate
    }
    publicValue {
      ...Estimate
    }
    toLeader {
      adjustedP
      difference {
        ...Estimate
      }
    }
    otherwise {
      rank
      value {
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

export const BoardPage = graphql(`
  query BoardPage($id: ID!, $after: String) {
    node(id: $id) {
      __typename
      ... on Leaderboard {
        ...BoardHead
        entries(first: 100, after: $after) {
          totalCount
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

export const BoardChanged = graphql(`
  subscription BoardChanged($id: ID!) {
    leaderboardChanged(leaderboardId: $id) {
      id
      revision
      result {
        computedAt
      }
    }
  }
`);

export const NewBoardPage = graphql(`
  query NewBoardPage($id: ID!) {
    node(id: $id) {
      __typename
      ... on Project {
        ...FramedProject
        ...BoardChoices
      }
    }
  }
`);

export const BoardChoicesFields = graphql(`
  fragment BoardChoices on Project {
    datasets(last: 100) {
      edges {
        node {
          id
          name
          versions(first: 50) {
            edges {
              node {
                id
                name
                classBalance {
                  split
                  count
                }
              }
            }
          }
        }
      }
    }
    models(first: 200) {
      edges {
        node {
          id
          name
          version
        }
      }
    }
    restorations(first: 200) {
      edges {
        node {
          id
          name
          version
        }
      }
    }
  }
`);

export const EditBoardPage = graphql(`
  query EditBoardPage($id: ID!) {
    node(id: $id) {
      __typename
      ... on Leaderboard {
        ...BoardHead
        project {
          ...FramedProject
          ...BoardChoices
        }
        snapshots {
          totalCount
        }
      }
    }
  }
`);

export const CriticalDifferencePage = graphql(`
  query CriticalDifferencePage($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on Leaderboard {
        id
        name
        metric
        datasetVersion {
          name
          dataset {
            name
          }
        }
        project {
          ...FramedProject
        }
      }
    }
    criticalDifference(leaderboardIds: $ids) {
      datasets
      alpha
      criticalDifference
      friedmanP
      diagram
      models {
        name
        averageRank
      }
    }
  }
`);
