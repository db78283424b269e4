import { graphql } from '@/generated';

export const CompetitionFields = graphql(`
  fragment CompetitionRule on Competition {
    publicShare
    dailyLimit
    opensAt
    closesAt
    revealAtClose
    revealedAt
    state
    samples
    publicSamples
    entrants
    submissions
    viewer {
      submissionsToday
      submissionsLeft
      resetsAt
      refusal {
        ...Problem
      }
    }
  }
`);

export const SubmissionFields = graphql(`
  fragment SubmissionItem on Submission {
    id
    number
    name
    note
    entrant
    status
    createdAt
    knewLabels
    predictionsDigest
    failure {
      ...Problem
    }
    publicScore {
      ...Estimate
    }
    privateScore {
      ...Estimate
    }
  }
`);

export const SubmissionsPage = graphql(`
  query SubmissionsPage($id: ID!, $after: String) {
    node(id: $id) {
      __typename
      ... on Leaderboard {
        ...BoardHead
        submissions(first: 50, after: $after) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              ...SubmissionItem
            }
          }
        }
      }
    }
  }
`);

export const SetCompetition = graphql(`
  mutation SetCompetition($input: SetCompetitionInput!) {
    result: setCompetition(input: $input) {
      __typename
      ... on SetCompetitionPayload {
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

export const RevealCompetition = graphql(`
  mutation RevealCompetition($input: RevealCompetitionInput!) {
    result: revealCompetition(input: $input) {
      __typename
      ... on RevealCompetitionPayload {
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

export const HideLabels = graphql(`
  mutation HideLabels($input: HideLabelsInput!) {
    result: hideLabels(input: $input) {
      __typename
      ... on HideLabelsPayload {
        datasetVersion {
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

export const ShowLabels = graphql(`
  mutation ShowLabels($input: ShowLabelsInput!) {
    result: showLabels(input: $input) {
      __typename
      ... on ShowLabelsPayload {
        datasetVersion {
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
