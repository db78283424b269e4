import { graphql } from '@/generated';

export const UpdateTableRuns = graphql(`
  mutation UpdateTableRuns($input: UpdateRunsInput!) {
    updateRuns(input: $input) {
      __typename
      ... on InvalidInputError {
        problems {
          ...Problem
        }
      }
    }
  }
`);

export const DeleteTableRuns = graphql(`
  mutation DeleteTableRuns($input: DeleteRunsInput!) {
    deleteRuns(input: $input) {
      __typename
      ... on InvalidInputError {
        problems {
          ...Problem
        }
      }
    }
  }
`);

export const RestoreTableRuns = graphql(`
  mutation RestoreTableRuns($input: RestoreRunsInput!) {
    restoreRuns(input: $input) {
      __typename
      ... on InvalidInputError {
        problems {
          ...Problem
        }
      }
    }
  }
`);

export const CancelTableRuns = graphql(`
  mutation CancelTableRuns($input: CancelRunsInput!) {
    cancelRuns(input: $input) {
      __typename
      ... on InvalidInputError {
        problems {
          ...Problem
        }
      }
    }
  }
`);

export const PauseTableRuns = graphql(`
  mutation PauseTableRuns($input: PauseRunsInput!) {
    pauseRuns(input: $input) {
      __typename
      ... on InvalidInputError {
        problems {
          ...Problem
        }
      }
    }
  }
`);

export const UnpauseTableRuns = graphql(`
  mutation UnpauseTableRuns($input: UnpauseRunsInput!) {
    unpauseRuns(input: $input) {
      __typename
      ... on InvalidInputError {
        problems {
          ...Problem
        }
      }
    }
  }
`);

export const CloneTableRun = graphql(`
  mutation CloneTableRun($input: CloneRunInput!) {
    cloneRun(input: $input) {
      __typename
      ... on CloneRunPayload {
        run {
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
