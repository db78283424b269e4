import { graphql } from '@/generated';

export const AccountPage = graphql(`
  query AccountPage($after: String) {
    viewer {
      ...ViewerFields
      tokens(first: 50, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...TokenRow
          }
        }
      }
    }
  }
`);

export const LeaveTeam = graphql(`
  mutation LeaveTeam($input: LeaveTeamInput!) {
    result: leaveTeam(input: $input) {
      __typename
      ... on LeaveTeamPayload {
        membershipId
      }
      ... on InvalidInputError {
        problems {
          ...Problem
        }
      }
    }
  }
`);
