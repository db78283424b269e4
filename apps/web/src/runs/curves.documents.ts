import { graphql } from '@/generated';

export const ClassCurvesQuery = graphql(`
  query ClassCurves($id: ID!, $labels: [String!]!) {
    node(id: $id) {
      __typename
      ... on Run {
        classCurves(labels: $labels) {
          label
          roc {
            threshold
            falsePositiveRate
            truePositiveRate
          }
          precisionRecall {
            threshold
            precision
            recall
          }
        }
      }
    }
  }
`);

export const CoverageQuery = graphql(`
  query AccuracyCoverage($id: ID!) {
    node(id: $id) {
      __typename
      ... on Run {
        accuracyCoverage {
          threshold
          coverage
          accuracy
        }
      }
    }
  }
`);

export const SlicesQuery = graphql(`
  query RunSlices($id: ID!, $by: SliceBy!, $with: [ID!]) {
    node(id: $id) {
      __typename
      ... on Run {
        slices(by: $by, with: $with) {
          looks
          slices {
            value
            count
            covered
            accuracy {
              ...Estimate
            }
            macroF1 {
              ...Estimate
            }
          }
        }
      }
    }
  }
`);

/** Other runs on the same samples, for agreement. */
export const SiblingRuns = graphql(`
  query SiblingRuns($experimentId: ID!) {
    node(id: $experimentId) {
      __typename
      ... on Experiment {
        runs(first: 40, status: [FINISHED]) {
          edges {
            node {
              id
              name
              evaluation {
                codeVersion
              }
            }
          }
        }
      }
    }
  }
`);
