import { graphql } from '@/generated';

/** What the head of a run's page shows, kept up to date while it goes on. */
graphql(`
  fragment RunHead on Run {
    id
    name
    status
    source
    seed
    sampleTotal
    sampleDone
    createdAt
    createdBy
    startedAt
    finishedAt
    heartbeatAt
    silent
    archivedAt
    pausedAt
    priority
    description
    group
    revision
    tags {
      key
      value
    }
    failure {
      ...Problem
    }
    progress {
      samplesPerSecond
      secondsLeft
      phases {
        phase
        done
        total
        running
        samplesPerSecond
        cached
      }
    }
  }
`);

export const RunFrame = graphql(`
  query RunFrame($id: ID!) {
    node(id: $id) {
      __typename
      ... on Run {
        ...RunHead
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
        parent {
          id
          name
        }
        evaluation {
          codeVersion
        }
        experiment {
          id
          name
          datasetVersion {
            id
            name
            labels
            dataset {
              name
            }
          }
          project {
            ...FramedProject
            viewerPermissions
          }
        }
      }
    }
  }
`);

export const RunHeadChanged = graphql(`
  subscription RunHeadChanged($runId: ID!) {
    runChanged(runId: $runId) {
      ...RunHead
    }
  }
`);
