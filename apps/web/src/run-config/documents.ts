import { graphql } from '@/generated';

export const RunConfig = graphql(`
  query RunConfig($id: ID!) {
    node(id: $id) {
      __typename
      ... on Run {
        ...RunSetup
      }
    }
  }
`);

export const RunSetupFields = graphql(`
  fragment RunSetup on Run {
    id
    name
    source
    seed
    environment
    modelConfig {
      id
      name
      version
      kind
      digest
      spec
    }
    restorationConfig {
      id
      name
      version
      digest
      steps
    }
    params {
      key
      value
    }
    git {
      commit
      branch
      remote
      dirty
      diff
    }
    machine {
      hostname
      os
      command
      python
      node
      cpu
      cores
      memoryBytes
      gpus
    }
    packages {
      name
      version
    }
    executors {
      id
      name
      host
    }
    experiment {
      id
      name
      split
      datasetVersion {
        name
        dataset {
          name
        }
      }
      project {
        slug
        team {
          slug
        }
      }
    }
  }
`);
