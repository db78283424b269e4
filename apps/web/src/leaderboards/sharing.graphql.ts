import { graphql } from '@/generated';

export const SnapshotFields = graphql(`
  fragment SnapshotItem on LeaderboardSnapshot {
    id
    number
    digest
    sealed
    createdAt
    links(first: 20) {
      edges {
        node {
          ...LinkItem
        }
      }
    }
  }
`);

export const LinkFields = graphql(`
  fragment LinkItem on LeaderboardLink {
    id
    createdAt
    expiresAt
    revokedAt
    hasPassword
  }
`);

export const SharingPage = graphql(`
  query SharingPage($id: ID!, $after: String) {
    node(id: $id) {
      __typename
      ... on Leaderboard {
        ...BoardHead
        snapshots(first: 20, after: $after) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              ...SnapshotItem
            }
          }
        }
      }
    }
  }
`);

export const CreateSnapshot = graphql(`
  mutation CreateSnapshot($input: CreateSnapshotInput!) {
    result: createSnapshot(input: $input) {
      __typename
      ... on CreateSnapshotPayload {
        snapshot {
          number
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

export const CreateLink = graphql(`
  mutation CreateLink($input: CreateLeaderboardLinkInput!) {
    result: createLeaderboardLink(input: $input) {
      __typename
      ... on CreateLeaderboardLinkPayload {
        token
        path
        badgePath
      }
      ... on InvalidInputError {
        problems {
          ...Problem
        }
      }
    }
  }
`);

export const RevokeLink = graphql(`
  mutation RevokeLink($input: RevokeLeaderboardLinkInput!) {
    result: revokeLeaderboardLink(input: $input) {
      __typename
      ... on RevokeLeaderboardLinkPayload {
        link {
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
