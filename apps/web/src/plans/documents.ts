import { graphql } from '@/generated';

export const NewExperimentPage = graphql(`
  query NewExperimentPage($id: ID!) {
    node(id: $id) {
      __typename
      ... on Project {
        ...FramedProject
        viewerPermissions
        datasets(last: 100) {
          edges {
            node {
              id
              name
              versions(first: 50) {
                edges {
                  node {
                    id
                    name
                    sampleCount
                    labels
                    classBalance {
                      split
                      count
                    }
                  }
                }
              }
            }
          }
        }
        models(first: 200) {
          edges {
            node {
              ...PlannableModel
            }
          }
        }
        restorations(first: 200) {
          edges {
            node {
              ...PlannableRestoration
            }
          }
        }
      }
    }
  }
`);

export const PlannableModelFields = graphql(`
  fragment PlannableModel on ModelConfig {
    id
    name
    version
    kind
    labels
  }
`);

export const PlannableRestorationFields = graphql(`
  fragment PlannableRestoration on RestorationConfig {
    id
    name
    version
    stages {
      title
    }
  }
`);

/** Configs that the address names, which may be of older versions. */
export const NamedConfigs = graphql(`
  query NamedConfigs($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on ModelConfig {
        ...PlannableModel
      }
      ... on RestorationConfig {
        ...PlannableRestoration
      }
    }
  }
`);

export const RunEstimateFields = graphql(`
  fragment RunCost on RunEstimate {
    modelConfigId
    restorationConfigId
    model
    modelVersion
    restoration
    restorationVersion
    seed
    cached
    seconds
    energyJoules
    price
    currency
    problem {
      ...Problem
    }
    phases {
      phase
      seconds
      low
      high
      runs
      basis
      otherHardware
      atMost
    }
  }
`);

export const EstimatePlan = graphql(`
  query EstimatePlan($input: EstimatePlanInput!) {
    estimatePlan(input: $input) {
      matrix
      samples
      seconds
      unknown
      readySeconds
      queue {
        runs
        seconds
        executors
      }
      runs {
        ...RunCost
      }
    }
  }
`);

export const CreateExperiment = graphql(`
  mutation CreateExperiment($input: CreateExperimentInput!) {
    result: createExperiment(input: $input) {
      __typename
      ... on CreateExperimentPayload {
        experiment {
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

export const QueuePlan = graphql(`
  mutation QueuePlan($input: QueueRunsInput!) {
    result: queueRuns(input: $input) {
      __typename
      ... on QueueRunsPayload {
        runs {
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
