import { graphql } from '@/generated';

export const RunOverview = graphql(`
  query RunOverview($id: ID!) {
    node(id: $id) {
      __typename
      ... on Run {
        id
        samplesPerSecond
        phaseCosts {
          ...PhaseCostRow
        }
        metrics {
          key
          last
          lastStep
          min
          max
          count
        }
        evaluation {
          ...EvaluationFigures
        }
      }
    }
  }
`);

export const PhaseCostFields = graphql(`
  fragment PhaseCostRow on PhaseCost {
    phase
    wallSeconds
    cpuSeconds
    peakMemoryBytes
    device
    samples
    cached
    energyJoules
    energySource
    price
    currency
  }
`);

export const EvaluationFields = graphql(`
  fragment EvaluationFigures on Evaluation {
    codeVersion
    predictionsDigest
    samples
    covered
    accuracy {
      ...Estimate
    }
    coveredAccuracy {
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
    microPrecision {
      ...Estimate
    }
    microRecall {
      ...Estimate
    }
    microF1 {
      ...Estimate
    }
    weightedPrecision {
      ...Estimate
    }
    weightedRecall {
      ...Estimate
    }
    weightedF1 {
      ...Estimate
    }
    cohenKappa {
      ...Estimate
    }
    matthewsCorrelation {
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
      ...Confusion
    }
    latency {
      p50
      p90
      p95
      p99
    }
    scores {
      logLoss {
        ...Estimate
      }
      brierScore {
        ...Estimate
      }
      topK {
        k
        accuracy {
          ...Estimate
        }
      }
      expectedCalibrationError {
        ...Estimate
      }
      maximumCalibrationError {
        ...Estimate
      }
      macroRocAuc {
        ...Estimate
      }
      macroAveragePrecision {
        ...Estimate
      }
      riskCoverageArea {
        ...Estimate
      }
      perClass {
        label
        rocAuc {
          ...Estimate
        }
        averagePrecision {
          ...Estimate
        }
      }
      calibrationBins {
        ...ReliabilityBin
      }
    }
  }
`);

export const ConfusionFields = graphql(`
  fragment Confusion on ConfusionMatrix {
    labels
    counts
    none
  }
`);

export const ReliabilityBinFields = graphql(`
  fragment ReliabilityBin on CalibrationBin {
    low
    high
    count
    confidence {
      value
    }
    accuracy {
      ...Estimate
    }
  }
`);

export const PredictionCard = graphql(`
  fragment PredictionCard on Prediction {
    status
    predicted
    confidence
    correct
    loss
    latencyMicros
    rawText
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
    $confidence: ConfidenceRangeInput
    $orderBy: PredictionOrder
    $comparedTo: ID
    $outcome: Outcome
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
          confidence: $confidence
          orderBy: $orderBy
          comparedTo: $comparedTo
          outcome: $outcome
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
