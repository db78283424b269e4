import { graphql } from '@/generated';

export const TeamHeadFields = graphql(`
  fragment TeamHead on Team {
    id
    slug
    name
    viewerPermissions
  }
`);

export const TeamsPage = graphql(`
  query TeamsPage {
    viewer {
      kind
    }
    teams(first: 200) {
      edges {
        node {
          ...TeamHead
          projects(first: 100) {
            edges {
              node {
                id
              }
            }
            pageInfo {
              hasNextPage
            }
          }
        }
      }
    }
  }
`);

export const TeamProjects = graphql(`
  query TeamProjects($slug: String!, $after: String, $bin: Boolean!) {
    team(slug: $slug) {
      ...TeamHead
      projects(first: 100, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            slug
            name
            description
            visibility
            createdAt
          }
        }
      }
      deletedProjects(first: 50) @include(if: $bin) {
        edges {
          node {
            id
            name
            deletedAt
          }
        }
      }
    }
  }
`);

export const TeamHead = graphql(`
  query TeamHeadOnly($slug: String!) {
    team(slug: $slug) {
      ...TeamHead
    }
  }
`);

export const MemberRowFields = graphql(`
  fragment MemberRow on Membership {
    id
    role
    createdAt
    person {
      name
      email
    }
  }
`);

export const InvitationRowFields = graphql(`
  fragment InvitationRow on Invitation {
    id
    email
    role
    invitedBy
    createdAt
    expiresAt
    acceptedAt
    revokedAt
  }
`);

export const TeamMembers = graphql(`
  query TeamMembers($slug: String!, $after: String, $invitations: Boolean!) {
    viewer {
      person {
        email
      }
    }
    team(slug: $slug) {
      ...TeamHead
      members(first: 100, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...MemberRow
          }
        }
      }
      invitations(first: 50) @include(if: $invitations) {
        edges {
          node {
            ...InvitationRow
          }
        }
      }
    }
  }
`);

export const TeamTokens = graphql(`
  query TeamTokens($slug: String!, $after: String) {
    team(slug: $slug) {
      ...TeamHead
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

export const TeamAuditLog = graphql(`
  query TeamAuditLog($slug: String!, $after: String) {
    team(slug: $slug) {
      ...TeamHead
      auditLog(first: 50, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          cursor
          node {
            action
            actorKind
            actorName
            target
            changes
            createdAt
          }
        }
      }
    }
  }
`);
