import { graphql } from '@/generated';

export const RestorationRowFields = graphql(`
  fragment RestorationRow on RestorationConfig {
    id
    name
    version
    createdAt
    stages {
      ...StageCard
    }
    usage(allVersions: true) {
      ...UsageSummary
    }
  }
`);

export const RestorationsPage = graphql(`
  query RestorationsPage($team: String!, $slug: String!, $after: String) {
    project(team: $team, slug: $slug) {
      ...FramedProject
      viewerPermissions
      restorations(first: 50, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...RestorationRow
          }
        }
      }
    }
  }
`);

export const RestorationPage = graphql(`
  query RestorationPage($id: ID!) {
    node(id: $id) {
      __typename
      ... on RestorationConfig {
        id
        name
        version
        digest
        createdAt
        steps
        project {
          ...FramedProject
          viewerPermissions
          models(first: 100) {
            edges {
              node {
                id
                name
                kind
              }
            }
          }
        }
        stages {
          ...StageCard
        }
        versions {
          id
          version
          digest
          createdAt
        }
        usage {
          ...UsageSummary
          latestRun {
            id
            name
            metrics {
              key
              last
            }
          }
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

/** Pictures that the newest run has restored. */
export const RestoredExamples = graphql(`
  query RestoredExamples($runId: ID!) {
    node(id: $runId) {
      __typename
      ... on Run {
        id
        predictions(first: 6) {
          edges {
            node {
              sample {
                id
                index
                image {
                  url
                }
              }
              restoredImage {
                url
              }
            }
          }
        }
      }
    }
  }
`);

export const NewRestorationPage = graphql(`
  query NewRestorationPage($id: ID!) {
    node(id: $id) {
      __typename
      ... on Project {
        ...FramedProject
        viewerPermissions
        models(first: 100) {
          edges {
            node {
              id
              name
              kind
            }
          }
        }
      }
    }
    presets(kind: RESTORATION) {
      ...PresetCard
    }
  }
`);

export const RestorationToChange = graphql(`
  query RestorationToChange($id: ID!) {
    node(id: $id) {
      __typename
      ... on RestorationConfig {
        id
        name
        version
        steps
      }
    }
  }
`);

export const CreateRestoration = graphql(`
  mutation CreateRestoration($input: CreateRestorationConfigInput!) {
    result: createRestorationConfig(input: $input) {
      __typename
      ... on CreateRestorationConfigPayload {
        created
        restorationConfig {
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
