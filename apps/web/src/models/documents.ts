import { graphql } from '@/generated';

export const ModelRowFields = graphql(`
  fragment ModelRow on ModelConfig {
    id
    name
    version
    kind
    createdAt
    labels
    usage(allVersions: true) {
      ...UsageSummary
    }
  }
`);

export const ModelsPage = graphql(`
  query ModelsPage($team: String!, $slug: String!, $after: String) {
    project(team: $team, slug: $slug) {
      ...FramedProject
      viewerPermissions
      models(first: 50, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...ModelRow
          }
        }
      }
    }
  }
`);

export const ModelFileFields = graphql(`
  fragment ModelFileFacts on ModelFile {
    place
    path
    blob {
      digest
      size
    }
    graph {
      ...GraphFacts
    }
  }
`);

export const GraphFields = graphql(`
  fragment GraphFacts on OnnxGraph {
    inputs {
      name
      type
      shape
    }
    outputs {
      name
      type
      shape
    }
    externalFiles
  }
`);

export const ModelPage = graphql(`
  query ModelPage($id: ID!) {
    node(id: $id) {
      __typename
      ... on ModelConfig {
        id
        name
        version
        kind
        digest
        createdAt
        labels
        spec
        project {
          ...FramedProject
          viewerPermissions
          restorations(first: 100) {
            edges {
              node {
                id
                name
                version
              }
            }
          }
        }
        stages {
          ...StageCard
        }
        files {
          ...ModelFileFacts
        }
        versions {
          ...ConfigVersionRow
        }
        usage {
          ...UsageSummary
        }
        runs(first: 10) {
          pageInfo {
            hasNextPage
          }
          edges {
            node {
              ...ConfigRun
            }
          }
        }
      }
    }
  }
`);

/** The versions of restoration and model differ in their type alone. */
export const ModelVersionFields = graphql(`
  fragment ConfigVersionRow on ModelConfigVersion {
    id
    version
    digest
    createdAt
  }
`);
