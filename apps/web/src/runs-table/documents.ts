import { graphql } from '@/generated';

/** A row of a table of runs; which values come with it is said by the operation's variables (see request.ts). */
export const RunCells = graphql(`
  fragment RunCells on Run {
    id
    name
    status
    source
    seed
    group
    sampleTotal
    sampleDone
    createdAt
    startedAt
    finishedAt
    pausedAt
    archivedAt
    failure {
      message
    }
    modelConfig {
      id
      name
      version
    }
    restorationConfig {
      id
      name
      version
    }
    experiment {
      id
      name
    }
    description @include(if: $withDescription)
    tags @include(if: $withTags) {
      key
      value
    }
    phaseCosts @include(if: $withCosts) {
      phase
      wallSeconds
      cpuSeconds
      peakMemoryBytes
      energyJoules
      price
      currency
    }
    paramValues(keys: $paramsOf)
    tagValues(keys: $tagsOf)
    last: metricValues(keys: $lastOf)
    min: metricValues(keys: $minOf, aggregate: MIN)
    max: metricValues(keys: $maxOf, aggregate: MAX)
    step: metricValues(keys: $stepOf, aggregate: STEP)
    estimates(metrics: $estimatesOf) {
      ...Estimate
    }
  }
`);

/** What a table needs to know of its project before it can ask for rows. */
export const RunsTableHead = graphql(`
  query RunsTableHead($projectId: ID!, $scope: RunFilter) {
    node(id: $projectId) {
      __typename
      ... on Project {
        id
        viewerPermissions
        defaultView {
          ...RunsView
        }
        savedViews(first: 200) {
          edges {
            node {
              ...RunsView
            }
          }
        }
        runColumns(filter: $scope) {
          complete
          columns {
            kind
            key
            runs
            differs
            numeric
          }
        }
      }
    }
  }
`);

export const RunsView = graphql(`
  fragment RunsView on SavedView {
    id
    name
    shared
    isDefault
    filter
    search
    order
    columns
    revision
  }
`);

/** Rows of a page, with how many there are in all, and with the newest run of all. */
export const RunsPage = graphql(`
  query RunsPage(
    $projectId: ID!
    $filter: RunFilter
    $scope: RunFilter
    $search: String
    $order: [RunOrder!]
    $first: Int
    $after: String
    $last: Int
    $before: String
    $counted: Boolean!
    $paramsOf: [String!]!
    $tagsOf: [String!]!
    $withTags: Boolean!
    $lastOf: [String!]!
    $minOf: [String!]!
    $maxOf: [String!]!
    $stepOf: [String!]!
    $estimatesOf: [String!]!
    $withCosts: Boolean!
    $withDescription: Boolean!
  ) {
    node(id: $projectId) {
      __typename
      ... on Project {
        id
        runs(
          filter: $filter
          search: $search
          order: $order
          first: $first
          after: $after
          last: $last
          before: $before
        ) {
          totalCount @include(if: $counted)
          totalCountIsExact @include(if: $counted)
          edges {
            cursor
            node {
              ...RunCells
            }
          }
          pageInfo {
            hasNextPage
            hasPreviousPage
            startCursor
            endCursor
          }
        }
        newest: runs(filter: $scope, first: 1) @include(if: $counted) {
          edges {
            node {
              id
            }
          }
        }
      }
    }
  }
`);

/** Rows that are in the table already, and which of those that are not would be in it. */
export const RunsChanged = graphql(`
  query RunsChanged(
    $projectId: ID!
    $known: [ID!]!
    $fresh: RunFilter
    $search: String
    $paramsOf: [String!]!
    $tagsOf: [String!]!
    $withTags: Boolean!
    $lastOf: [String!]!
    $minOf: [String!]!
    $maxOf: [String!]!
    $stepOf: [String!]!
    $estimatesOf: [String!]!
    $withCosts: Boolean!
    $withDescription: Boolean!
  ) {
    nodes(ids: $known) {
      __typename
      ... on Run {
        ...RunCells
      }
    }
    node(id: $projectId) {
      __typename
      ... on Project {
        id
        runs(filter: $fresh, search: $search, first: 200) {
          edges {
            node {
              id
            }
          }
        }
      }
    }
  }
`);

/** Only where rows are: the way to a row far away, or to all that are selected. */
export const RunsPlaces = graphql(`
  query RunsPlaces(
    $projectId: ID!
    $filter: RunFilter
    $search: String
    $order: [RunOrder!]
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    node(id: $projectId) {
      __typename
      ... on Project {
        id
        runs(
          filter: $filter
          search: $search
          order: $order
          first: $first
          after: $after
          last: $last
          before: $before
        ) {
          edges {
            cursor
            node {
              id
            }
          }
          pageInfo {
            hasNextPage
            hasPreviousPage
          }
        }
      }
    }
  }
`);

export const ProjectRunChanges = graphql(`
  subscription ProjectRunChanges($projectId: ID!) {
    projectRunChanged(projectId: $projectId) {
      id
    }
  }
`);

export const ExperimentRunChanges = graphql(`
  subscription ExperimentRunChanges($experimentId: ID!) {
    experimentRunChanged(experimentId: $experimentId) {
      id
    }
  }
`);
