import { graphql } from '@/generated';

export const NewExperimentPage = graphql(`
  query NewExperimentPage($id: ID!) {
    node(id: $id) {
      __typename
      ... on Project {
        id
        name
        slug
        team {
          slug
        }
        datasets(first: 100) {
          edges {
            node {
              name
              versions(first: 50) {
                edges {
                  node {
                    id
                    name
                    sampleCount
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
        modelConfigs(first: 200) {
          edges {
            node {
              id
              name
              version
            }
          }
        }
        restorationConfigs(first: 200) {
          edges {
            node {
              id
              name
              version
            }
          }
        }
      }
    }
  }
`);

export const CreateExperiment = graphql(`
  mutation CreateExperiment($input: CreateExperimentInput!) {
    createExperiment(input: $input) {
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
