import { graphql } from '@/generated';

export const CancelRun = graphql(`
  mutation CancelRun($input: CancelRunInput!) {
    result: cancelRun(input: $input) {
      __typename
      ... on CancelRunPayload {
        run {
          ...RunHead
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

export const UpdateRun = graphql(`
  mutation UpdateRun($input: UpdateRunInput!) {
    result: updateRun(input: $input) {
      __typename
      ... on UpdateRunPayload {
        run {
          ...RunHead
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

export const CloneRun = graphql(`
  mutation CloneRun($input: CloneRunInput!) {
    result: cloneRun(input: $input) {
      __typename
      ... on CloneRunPayload {
        run {
          id
          name
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

export const PauseRun = graphql(`
  mutation PauseRun($input: PauseRunsInput!) {
    result: pauseRuns(input: $input) {
      __typename
      ... on PauseRunsPayload {
        runs {
          ...RunHead
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

export const UnpauseRun = graphql(`
  mutation UnpauseRun($input: UnpauseRunsInput!) {
    result: unpauseRuns(input: $input) {
      __typename
      ... on UnpauseRunsPayload {
        runs {
          ...RunHead
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

export const PrioritizeRun = graphql(`
  mutation PrioritizeRun($input: SetRunPriorityInput!) {
    result: setRunPriority(input: $input) {
      __typename
      ... on SetRunPriorityPayload {
        runs {
          ...RunHead
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

export const DeleteRun = graphql(`
  mutation DeleteRun($input: DeleteRunsInput!) {
    result: deleteRuns(input: $input) {
      __typename
      ... on InvalidInputError {
        problems {
          ...Problem
        }
      }
    }
  }
`);

export const RestoreRun = graphql(`
  mutation RestoreRun($input: RestoreRunsInput!) {
    result: restoreRuns(input: $input) {
      __typename
      ... on InvalidInputError {
        problems {
          ...Problem
        }
      }
    }
  }
`);

/** The configs with which a run may be repeated. */
export const CloneChoices = graphql(`
  query CloneChoices($projectId: ID!) {
    node(id: $projectId) {
      __typename
      ... on Project {
        modelConfigs(first: 200) {
          edges {
            node {
              id
              name
              version
            }
          }
        }
        restorationConfigs(first: 200) {
          edges {
            node {
              id
              name
              version
            }
          }
        }
      }
    }
  }
`);

/** Keys of tags that runs of the project have. */
export const TagKeys = graphql(`
  query TagKeys($projectId: ID!) {
    node(id: $projectId) {
      __typename
      ... on Project {
        runKeys(kind: TAG, first: 100)
      }
    }
  }
`);
