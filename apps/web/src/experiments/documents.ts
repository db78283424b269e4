import { graphql } from '@/generated';

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
        runCounts {
          status
          count
        }
        project {
          ...FramedProject
          viewerPermissions
        }
        datasetVersion {
          id
          name
          sampleCount
          dataset {
            name
          }
        }
      }
    }
  }
`);

export const UpdateExperiment = graphql(`
  mutation UpdateExperiment($input: UpdateExperimentInput!) {
    updateExperiment(input: $input) {
      __typename
      ... on UpdateExperimentPayload {
        experiment {
          id
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

export const QueueRuns = graphql(`
  mutation QueueRuns($input: QueueRunsInput!) {
    queueRuns(input: $input) {
      __typename
      ... on QueueRunsPayload {
        runs {
          id
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

/** What queueing the plan of an experiment would make. */
export const PlannedRuns = graphql(`
  query PlannedRuns($experimentId: ID!) {
    planRuns(input: { experimentId: $experimentId }) {
      matrix
      runs {
        model
        restoration
        seed
        existing
      }
    }
  }
`);
