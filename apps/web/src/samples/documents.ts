import { graphql } from '@/generated';

export const FoundSample = graphql(`
  fragment FoundSample on FoundSampleEdge {
    answers {
      runId
      predicted
      confidence
      correct
    }
    node {
      id
      index
      split
      label
      image {
        url
      }
    }
  }
`);

export const ChosenRun = graphql(`
  fragment ChosenRun on Run {
    id
    name
    status
    experiment {
      name
      split
    }
  }
`);

export const SamplesPage = graphql(`
  query SamplesPage(
    $id: ID!
    $filter: SampleFilterInput
    $order: SampleOrderInput
    $first: Int!
    $skip: Int!
    $runs: [ID!]!
  ) {
    nodes(ids: $runs) {
      __typename
      ...ChosenRun
    }
    node(id: $id) {
      __typename
      ... on DatasetVersion {
        ...VersionHead
        labels
        classBalance {
          label
          split
          count
        }
        imageStatistics {
          statistic
          count
          min
          max
          histogram
        }
        sampleSearch(filter: $filter, order: $order, first: $first, skip: $skip) {
          totalCount
          edges {
            ...FoundSample
          }
        }
      }
    }
  }
`);

export const FoundSamples = graphql(`
  query FoundSamples($id: ID!, $filter: SampleFilterInput, $order: SampleOrderInput, $first: Int!, $skip: Int!) {
    node(id: $id) {
      __typename
      ... on DatasetVersion {
        sampleSearch(filter: $filter, order: $order, first: $first, skip: $skip) {
          totalCount
          edges {
            ...FoundSample
          }
        }
      }
    }
  }
`);

export const RunsOfVersion = graphql(`
  query RunsOfVersion($id: ID!, $text: String) {
    node(id: $id) {
      __typename
      ... on DatasetVersion {
        experiments(first: 20) {
          edges {
            node {
              id
              name
              split
              runs(first: 30, filter: { text: $text }, order: [{ field: ID, direction: DESC }]) {
                edges {
                  node {
                    ...ChosenRun
                    evaluation {
                      accuracy {
                        value
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
`);
