import { graphql } from '@/generated';

export const NewModelPage = graphql(`
  query NewModelPage($id: ID!) {
    node(id: $id) {
      __typename
      ... on Project {
        ...FramedProject
        viewerPermissions
        datasets(last: 20) {
          edges {
            node {
              id
              name
              versions(first: 1) {
                edges {
                  node {
                    id
                    labels
                  }
                }
              }
            }
          }
        }
      }
    }
    presets(kind: MODEL) {
      ...PresetCard
    }
  }
`);

graphql(`
  fragment PresetCard on Preset {
    name
    about
    source
    licence
    folder
    files {
      place
      url
      sha256
    }
  }
`);

/** What is there of a model of which another version is made. */
export const ModelToChange = graphql(`
  query ModelToChange($id: ID!) {
    node(id: $id) {
      __typename
      ... on ModelConfig {
        id
        name
        version
        spec
      }
    }
  }
`);

export const PresetSpec = graphql(`
  query PresetSpec($name: String!, $labels: [String!]!, $files: [PresetFileInput!]!) {
    presets(name: $name) {
      name
      spec(labels: $labels, files: $files)
    }
  }
`);

export const InspectModelFile = graphql(`
  query InspectModelFile($projectId: ID!, $digest: String!) {
    node(id: $projectId) {
      __typename
      ... on Project {
        id
        inspectModelFile(digest: $digest) {
          digest
          graph {
            ...GraphFacts
          }
          problem {
            ...Problem
          }
          input
          output
          classes
        }
      }
    }
  }
`);

export const CreateModel = graphql(`
  mutation CreateModel($input: CreateModelConfigInput!) {
    result: createModelConfig(input: $input) {
      __typename
      ... on CreateModelConfigPayload {
        created
        modelConfig {
          id
          name
          version
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
