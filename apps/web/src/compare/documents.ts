import { graphql } from '@/generated';

export const ComparedRun = graphql(`
  fragment ComparedRun on Run {
    id
    name
    seed
    modelConfig {
      id
      name
      version
    }
    restorationConfig {
      id
      name
      version
    }
    evaluation {
      accuracy {
        ...Estimate
      }
    }
  }
`);

export const ComparedMetricFields = graphql(`
  fragment ComparedMetric on ComparedMetric {
    name
    reference
    value
    difference {
      ...Estimate
    }
  }
`);

export const RunBeside = graphql(`
  fragment RunBeside on RunComparison {
    run {
      ...ComparedRun
    }
    metrics {
      ...ComparedMetric
    }
    outcomes {
      bothRight
      fixed
      broken
      bothWrong
    }
    mcnemar {
      exactP
      midP
      adjustedP
    }
  }
`);

/** What is shown of the one run that is looked at: for all of twenty it would be much. */
export const BesideDetailFields = graphql(`
  fragment BesideDetail on RunComparison {
    run {
      id
      name
      evaluation {
        confusionMatrix {
          ...Confusion
        }
      }
    }
    metrics {
      ...ComparedMetric
    }
    perClass {
      label
      support
      fixed
      broken
      midP
      adjustedP
      recall {
        ...ComparedMetric
      }
      f1 {
        ...ComparedMetric
      }
    }
    cohenG {
      ...Estimate
    }
    agreement
    kappa {
      ...Estimate
    }
  }
`);

export const BesidePage = graphql(`
  query BesidePage($runIds: [ID!]!, $reference: ID!) {
    comparison(runIds: $runIds, reference: $reference) {
      reference {
        id
        name
        evaluation {
          confusionMatrix {
            ...Confusion
          }
        }
      }
      runs {
        ...BesideDetail
      }
    }
  }
`);

export const ComparePage = graphql(`
  query ComparePage($runIds: [ID!]!, $reference: ID!) {
    comparison(runIds: $runIds, reference: $reference) {
      samples
      cochranQ
      fleissKappa {
        ...Estimate
      }
      reference {
        ...ComparedRun
        experiment {
          ...ComparedExperiment
        }
      }
      runs {
        ...RunBeside
      }
      pairs {
        ...ComparedPair
      }
    }
    runDifference(runIds: $runIds) {
      same
      left
      facts {
        section
        key
        values
      }
    }
  }
`);

export const ComparedPairFields = graphql(`
  fragment ComparedPair on RunPair {
    firstId
    secondId
    fixed
    broken
    agreement
    kappa {
      value
      undefinedReason
    }
    difference {
      ...Estimate
    }
    midP
    adjustedP
  }
`);

/** The project of a single run, to which others are added. */
export const FirstComparedRun = graphql(`
  query FirstComparedRun($id: ID!) {
    node(id: $id) {
      __typename
      ... on Run {
        id
        name
        modelConfig {
          id
        }
        experiment {
          ...ComparedExperiment
        }
      }
    }
  }
`);

export const ComparedExperimentFields = graphql(`
  fragment ComparedExperiment on Experiment {
    id
    name
    split
    datasetVersion {
      id
      name
      labels
      dataset {
        name
      }
    }
    project {
      ...FramedProject
    }
  }
`);

/** Why runs that an address names can't be compared. */
export const RunsToExplain = graphql(`
  query RunsToExplain($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on Run {
        id
        name
        status
        evaluation {
          accuracy {
            value
          }
        }
        experiment {
          ...ComparedExperiment
        }
      }
    }
  }
`);

/** Runs that may be added, those on other samples among them, so that the page can say why they may not. */
export const RunsToCompare = graphql(`
  query RunsToCompare($projectId: ID!, $text: String) {
    node(id: $projectId) {
      __typename
      ... on Project {
        runs(first: 40, filter: { status: [FINISHED], text: $text }) {
          edges {
            node {
              id
              name
              experiment {
                name
                split
                datasetVersion {
                  id
                }
              }
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
`);

export const ComparedCosts = graphql(`
  query ComparedCosts($runIds: [ID!]!, $measure: CostMeasure!) {
    comparison(runIds: $runIds) {
      costs(measure: $measure) {
        runId
        cost
        currency
        onFront
      }
    }
  }
`);

export const ComparedCurves = graphql(`
  query ComparedCurves($runIds: [ID!]!, $label: String!) {
    nodes(ids: $runIds) {
      __typename
      ... on Run {
        id
        classCurves(labels: [$label]) {
          roc {
            falsePositiveRate
            truePositiveRate
          }
          precisionRecall {
            precision
            recall
          }
        }
        evaluation {
          scores {
            expectedCalibrationError {
              value
            }
            perClass {
              label
              rocAuc {
                ...Estimate
              }
            }
            calibrationBins {
              ...ReliabilityBin
            }
          }
        }
      }
    }
  }
`);
