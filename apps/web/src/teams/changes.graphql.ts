import { graphql } from '@/generated';

export const CreateTeam = graphql(`
  mutation CreateTeam($input: CreateTeamInput!) {
    result: createTeam(input: $input) {
      __typename
      ... on CreateTeamPayload {
        team {
          slug
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

export const UpdateTeam = graphql(`
  mutation UpdateTeam($input: UpdateTeamInput!) {
    result: updateTeam(input: $input) {
      __typename
      ... on UpdateTeamPayload {
        team {
          ...TeamHead
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

export const DeleteTeam = graphql(`
  mutation DeleteTeam($input: DeleteTeamInput!) {
    result: deleteTeam(input: $input) {
      __typename
      ... on DeleteTeamPayload {
        teamId
      }
      ... on InvalidInputError {
        problems {
          ...Problem
        }
      }
    }
  }
`);

export const InviteMember = graphql(`
  mutation InviteMember($input: InviteMemberInput!) {
    result: inviteMember(input: $input) {
      __typename
      ... on InviteMemberPayload {
        token
        invitation {
          ...InvitationRow
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

export const RevokeInvitation = graphql(`
  mutation RevokeInvitation($input: RevokeInvitationInput!) {
    result: revokeInvitation(input: $input) {
      __typename
      ... on RevokeInvitationPayload {
        invitation {
          ...InvitationRow
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

export const ChangeMember = graphql(`
  mutation ChangeMember($input: ChangeMemberInput!) {
    result: changeMember(input: $input) {
      __typename
      ... on ChangeMemberPayload {
        membership {
          ...MemberRow
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

export const RemoveMember = graphql(`
  mutation RemoveMember($input: RemoveMemberInput!) {
    result: removeMember(input: $input) {
      __typename
      ... on RemoveMemberPayload {
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

export const RestoreProject = graphql(`
  mutation RestoreProject($input: RestoreProjectInput!) {
    result: restoreProject(input: $input) {
      __typename
      ... on RestoreProjectPayload {
        project {
          id
          slug
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
