import { graphql } from '@/generated';

export const DatasetVersionPage = graphql(`
  query DatasetVersionPage($id: ID!) {
    node(id: $id) {
      __typename
      ... on DatasetVersion {
        ...VersionHead
        labels
        classBalance {
          label
          split
          count
        }
        audit {
          ...AuditSummary
        }
        imageStatistics {
          statistic
          count
          min
          max
          histogram
        }
        imports(first: 1) {
          edges {
            node {
              fileName
              format
              finishedAt
            }
          }
        }
        experiments(first: 10) {
          totalCount
          edges {
            node {
              id
              name
              split
              createdAt
              runCounts {
                status
                count
              }
            }
          }
        }
      }
    }
  }
`);

export const ProjectDatasets = graphql(`
  query ProjectDatasets($team: String!, $slug: String!, $after: String) {
    project(team: $team, slug: $slug) {
      ...FramedProject
      datasets(first: 50, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            name
            description
            versions(first: 10) {
              totalCount
              edges {
                node {
                  id
                  number
                  name
                  sampleCount
                  labels
                  createdAt
                  audit {
                    leakedSamples
                    conflicts
                  }
                  samples(first: 5) {
                    edges {
                      node {
                        id
                        image {
                          url
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
`);

export const ImportState = graphql(`
  fragment ImportState on DatasetImport {
    id
    datasetName
    versionName
    fileName
    format
    status
    samplesDone
    samplesTotal
    problemCount
    problems {
      ...Problem
    }
    alreadyExisted
    datasetVersion {
      id
      name
      number
      sampleCount
    }
    createdAt
    finishedAt
  }
`);

export const ImportPage = graphql(`
  query ImportPage($team: String!, $slug: String!) {
    project(team: $team, slug: $slug) {
      ...FramedProject
      imports(first: 10) {
        edges {
          node {
            ...ImportState
          }
        }
      }
    }
  }
`);

export const ImportDataset = graphql(`
  mutation ImportDataset($input: ImportDatasetInput!) {
    importDataset(input: $input) {
      __typename
      ... on ImportDatasetPayload {
        datasetImport {
          ...ImportState
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

export const ImportChanged = graphql(`
  subscription ImportChanged($importId: ID!) {
    importChanged(importId: $importId) {
      ...ImportState
    }
  }
`);
