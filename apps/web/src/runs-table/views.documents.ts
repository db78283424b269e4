import { graphql } from '@/generated';

export const CreateRunsView = graphql(`
  mutation CreateRunsView($input: CreateSavedViewInput!) {
    createSavedView(input: $input) {
      __typename
      ... on CreateSavedViewPayload {
        savedView {
          ...RunsView
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

export const UpdateRunsView = graphql(`
  mutation UpdateRunsView($input: UpdateSavedViewInput!) {
    updateSavedView(input: $input) {
      __typename
      ... on UpdateSavedViewPayload {
        savedView {
          ...RunsView
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

export const DeleteRunsView = graphql(`
  mutation DeleteRunsView($input: DeleteSavedViewInput!) {
    deleteSavedView(input: $input) {
      __typename
      ... on InvalidInputError {
        problems {
          ...Problem
        }
      }
    }
  }
`);
