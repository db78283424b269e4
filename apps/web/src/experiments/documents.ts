import { graphql } from '@/generated';

export const RunRow = graphql(`
  fragment RunRow on Run {
    id
    name
    status
    seed
    sampleTotal
    sampleDone
    samplesPerSecond
    startedAt
    finishedAt
    failure {
      ...Problem
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
    evaluation {
      accuracy {
        ...Estimate
      }
      macroF1 {
        ...Estimate
      }
    }
  }
`);

export const ExperimentPage = graphql(`
  query ExperimentPage($id: ID!) {
    node(id: $id) {
      __typename
      ... on Experiment {
        id
        name
        description
        split
        plan
        createdAt
        project {
          id
          name
          slug
          team {
            slug
          }
        }
        datasetVersion {
          id
          name
          sampleCount
          dataset {
            name
          }
        }
        runs(first: 200) {
          totalCount
          edges {
            node {
              ...RunRow
            }
          }
        }
      }
    }
  }
`);

export const ExperimentRunChanged = graphql(`
  subscription ExperimentRunChanged($experimentId: ID!) {
    experimentRunChanged(experimentId: $experimentId) {
      ...RunRow
    }
  }
`);

export const QueueRuns = graphql(`
  mutation QueueRuns($input: QueueRunsInput!) {
    queueRuns(input: $input) {
      __typename
      ... on QueueRunsPayload {
        runs {
          ...RunRow
        }
      }
      ... on InvalidInputError {
        problems {
          ...Problem
        }
      }
    }
  }
`);
