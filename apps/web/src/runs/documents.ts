import { graphql } from '@/generated';

export const RunDetail = graphql(`
  fragment RunDetail on Run {
    id
    name
    status
    seed
    sampleTotal
    sampleDone
    samplesPerSecond
    createdAt
    startedAt
    finishedAt
    environment
    failure {
      ...Problem
    }
    phaseCosts {
      phase
      wallSeconds
      cpuSeconds
      peakMemoryBytes
      device
      samples
      cached
    }
    evaluation {
      codeVersion
      predictionsDigest
      samples
      covered
      accuracy {
        ...Estimate
      }
      balancedAccuracy {
        ...Estimate
      }
      macroPrecision {
        ...Estimate
      }
      macroRecall {
        ...Estimate
      }
      macroF1 {
        ...Estimate
      }
      perClass {
        label
        support
        predicted
        precision {
          ...Estimate
        }
        recall {
          ...Estimate
        }
        f1 {
          ...Estimate
        }
      }
      confusionMatrix {
        labels
        counts
        none
      }
    }
  }
`);

export const RunPage = graphql(`
  query RunPage($id: ID!) {
    node(id: $id) {
      __typename
      ... on Run {
        ...RunDetail
        modelConfig {
          name
          version
          digest
          spec
        }
        restorationConfig {
          name
          version
          digest
          steps
        }
        experiment {
          id
          name
          datasetVersion {
            id
            name
            labels
            dataset {
              name
            }
          }
          project {
            name
            slug
            team {
              slug
            }
          }
        }
      }
    }
  }
`);

export const PredictionCard = graphql(`
  fragment PredictionCard on Prediction {
    status
    predicted
    confidence
    correct
    latencyMicros
    sample {
      id
      index
      label
      source
      image {
        url
      }
    }
    before {
      predicted
      confidence
    }
    restoredImage {
      url
    }
    scores {
      label
      score
    }
  }
`);

export const RunPredictions = graphql(`
  query RunPredictions(
    $id: ID!
    $first: Int!
    $after: String
    $truth: String
    $predicted: String
    $correct: Boolean
    $none: Boolean
  ) {
    node(id: $id) {
      __typename
      ... on Run {
        predictions(
          first: $first
          after: $after
          truth: $truth
          predicted: $predicted
          correct: $correct
          none: $none
        ) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              ...PredictionCard
            }
          }
        }
      }
    }
  }
`);

export const RunChanged = graphql(`
  subscription RunChanged($runId: ID!) {
    runChanged(runId: $runId) {
      ...RunDetail
    }
  }
`);

export const CancelRun = graphql(`
  mutation CancelRun($input: CancelRunInput!) {
    cancelRun(input: $input) {
      __typename
      ... on CancelRunPayload {
        run {
          ...RunDetail
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
