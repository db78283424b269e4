import { graphql } from '@/generated';

export const ExperimentSummaryFields = graphql(`
  fragment ExperimentSummary on Experiment {
    id
    name
    description
    createdAt
    split
    datasetVersion {
      id
      name
      dataset {
        name
      }
    }
    runCounts {
      status
      count
    }
    best: runs(first: 1, status: [FINISHED], order: [{ metric: { key: "accuracy" }, direction: DESC }]) {
      edges {
        node {
          id
          name
          modelConfig {
            id
            name
            version
          }
          restorationConfig {
            name
          }
          evaluation {
            accuracy {
              ...Estimate
            }
          }
        }
      }
    }
  }
`);

export const RunLineFields = graphql(`
  fragment RunLine on Run {
    id
    name
    status
    sampleTotal
    sampleDone
    createdAt
    finishedAt
    experiment {
      id
      name
    }
    modelConfig {
      id
      name
      version
    }
    evaluation {
      accuracy {
        ...Estimate
      }
    }
  }
`);

export const BoardSummaryFields = graphql(`
  fragment BoardSummary on Leaderboard {
    id
    name
    metric
    datasetVersion {
      name
      dataset {
        name
      }
    }
    entries(first: 1) {
      totalCount
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
`);

export const ProjectHome = graphql(`
  query ProjectHome($team: String!, $slug: String!) {
    viewer {
      kind
    }
    project(team: $team, slug: $slug) {
      ...FramedProject
      description
      experiments(first: 8) {
        totalCount
        edges {
          node {
            ...ExperimentSummary
          }
        }
      }
      atWork: runs(first: 50, filter: { status: [RUNNING, QUEUED] }, order: [{ field: STATUS, direction: DESC }]) {
        edges {
          node {
            ...RunLine
          }
        }
      }
      recent: runs(first: 8, filter: { status: [FINISHED, FAILED, CANCELED] }) {
        edges {
          node {
            ...RunLine
          }
        }
      }
      leaderboards(first: 6) {
        totalCount
        edges {
          node {
            ...BoardSummary
          }
        }
      }
      datasets(first: 0) {
        totalCount
      }
      modelConfigs(first: 0) {
        totalCount
      }
    }
  }
`);

export const RunsAtWork = graphql(`
  subscription RunsAtWork($projectId: ID!) {
    projectRunChanged(projectId: $projectId) {
      ...RunLine
    }
  }
`);

export const ExperimentsPage = graphql(`
  query ExperimentsPage($team: String!, $slug: String!, $contains: String, $after: String) {
    project(team: $team, slug: $slug) {
      ...FramedProject
      experiments(first: 50, after: $after, contains: $contains) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...ExperimentSummary
          }
        }
      }
    }
  }
`);

export const ProjectsPage = graphql(`
  query ProjectsPage($contains: String, $after: String) {
    viewer {
      kind
    }
    projects(first: 100, after: $after, contains: $contains) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          slug
          name
          description
          visibility
          createdAt
          team {
            id
            slug
            name
          }
          queue {
            running
            queued
          }
        }
      }
    }
  }
`);
