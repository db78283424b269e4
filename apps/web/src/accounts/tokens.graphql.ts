import { graphql } from '@/generated';

export const TokenRowFields = graphql(`
  fragment TokenRow on Token {
    id
    name
    kind
    scope
    role
    team {
      name
    }
    createdBy
    createdAt
    expiresAt
    revokedAt
    lastUsedAt
  }
`);

export const CreatePersonalToken = graphql(`
  mutation CreatePersonalToken($input: CreatePersonalTokenInput!) {
    result: createPersonalToken(input: $input) {
      __typename
      ... on CreatePersonalTokenPayload {
        secret
        token {
          ...TokenRow
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

export const CreateServiceToken = graphql(`
  mutation CreateServiceToken($input: CreateServiceTokenInput!) {
    result: createServiceToken(input: $input) {
      __typename
      ... on CreateServiceTokenPayload {
        secret
        token {
          ...TokenRow
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

export const RevokeToken = graphql(`
  mutation RevokeToken($input: RevokeTokenInput!) {
    result: revokeToken(input: $input) {
      __typename
      ... on RevokeTokenPayload {
        token {
          ...TokenRow
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
