import { graphql } from '@/generated';

export const SampleCard = graphql(`
  fragment SampleCard on Sample {
    id
    index
    split
    label
    source
    image {
      url
    }
  }
`);

export const DatasetVersionPage = graphql(`
  query DatasetVersionPage($id: ID!) {
    node(id: $id) {
      __typename
      ... on DatasetVersion {
        id
        number
        name
        digest
        labels
        sampleCount
        createdAt
        dataset {
          name
          project {
            name
            slug
            team {
              slug
            }
          }
        }
        classBalance {
          label
          split
          count
        }
        samples(first: 60) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              ...SampleCard
            }
          }
        }
      }
    }
  }
`);

export const VersionSamples = graphql(`
  query VersionSamples($id: ID!, $first: Int!, $after: String, $label: Int) {
    node(id: $id) {
      __typename
      ... on DatasetVersion {
        samples(first: $first, after: $after, label: $label) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              ...SampleCard
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
      id
      name
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
