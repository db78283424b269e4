import { graphql } from '@/generated';

export const AuditSummaryFields = graphql(`
  fragment AuditSummary on DatasetAudit {
    maximumDistance
    exactGroups
    alikeGroups
    nearPairs
    truncated
    conflicts
    leakedSamples
    blankImages
    unreadableImages
    createdAt
    balance {
      split
      samples
      missing
      imbalanceRatio {
        value
        undefinedReason
      }
    }
    leaks {
      from
      to
      samples
      exact
    }
  }
`);

export const AuditPage = graphql(`
  query AuditPage($id: ID!, $kinds: [DuplicateKind!], $acrossSplits: Boolean, $conflicting: Boolean, $first: Int!) {
    node(id: $id) {
      __typename
      ... on DatasetVersion {
        ...VersionHead
        labels
        audit {
          ...AuditSummary
        }
        duplicates(kinds: $kinds, acrossSplits: $acrossSplits, conflicting: $conflicting, first: $first) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              ...DuplicateCard
            }
          }
        }
      }
    }
  }
`);

export const DuplicateCardFields = graphql(`
  fragment DuplicateCard on DuplicateGroup {
    kind
    distance
    size
    splits
    labels
    samples {
      ...SampleImage
    }
  }
`);

export const MoreDuplicates = graphql(`
  query MoreDuplicates(
    $id: ID!
    $kinds: [DuplicateKind!]
    $acrossSplits: Boolean
    $conflicting: Boolean
    $first: Int!
    $after: String
  ) {
    node(id: $id) {
      __typename
      ... on DatasetVersion {
        duplicates(
          kinds: $kinds
          acrossSplits: $acrossSplits
          conflicting: $conflicting
          first: $first
          after: $after
        ) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              ...DuplicateCard
            }
          }
        }
      }
    }
  }
`);
