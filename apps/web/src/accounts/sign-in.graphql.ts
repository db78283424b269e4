import { graphql } from '@/generated';

export const SignInPage = graphql(`
  query SignInPage {
    signIn {
      signUp
      provider {
        id
        host
      }
    }
    viewer {
      kind
    }
  }
`);

export const InvitationPage = graphql(`
  query InvitationPage($token: String!) {
    invitation(token: $token) {
      email
      role
      invitedBy
      expiresAt
      team
      hasAccount
    }
    viewer {
      kind
      person {
        email
      }
    }
  }
`);

export const AcceptInvitation = graphql(`
  mutation AcceptInvitation($token: String!) {
    result: acceptInvitation(input: { token: $token }) {
      __typename
      ... on AcceptInvitationPayload {
        membership {
          team {
            slug
          }
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
