import { graphql } from '@/generated';

export const CreateBoard = graphql(`
  mutation CreateBoard($input: CreateLeaderboardInput!) {
    result: createLeaderboard(input: $input) {
      __typename
      ... on CreateLeaderboardPayload {
        leaderboard {
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

export const UpdateBoard = graphql(`
  mutation UpdateBoard($input: UpdateLeaderboardInput!) {
    result: updateLeaderboard(input: $input) {
      __typename
      ... on UpdateLeaderboardPayload {
        leaderboard {
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

export const DeleteBoard = graphql(`
  mutation DeleteBoard($input: DeleteLeaderboardInput!) {
    result: deleteLeaderboard(input: $input) {
      __typename
      ... on DeleteLeaderboardPayload {
        leaderboardId
      }
      ... on InvalidInputError {
        problems {
          ...Problem
        }
      }
    }
  }
`);
