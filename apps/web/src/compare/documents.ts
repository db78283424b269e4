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
    params {
      key
      value
    }
    evaluation {
      accuracy {
        ...Estimate
      }
      confusionMatrix {
        labels
        counts
        none
      }
    }
    phaseCosts {
      phase
      wallSeconds
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
    perClass {
      label
      support
      fixed
      broken
      recall {
        ...ComparedMetric
      }
      f1 {
        ...ComparedMetric
      }
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
    cohenG {
      ...Estimate
    }
    agreement
    kappa {
      ...Estimate
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
            name
            slug
            team {
              slug
            }
          }
        }
      }
      runs {
        ...RunBeside
      }
    }
  }
`);
