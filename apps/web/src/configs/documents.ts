import { graphql } from '@/generated';

export const StageFields = graphql(`
  fragment StageCard on Stage {
    title
    detail
    text
  }
`);

export const UsageFields = graphql(`
  fragment UsageSummary on ConfigUsage {
    runs
    samples
    cached
    seconds
    latestRun {
      id
      createdAt
    }
    bestRun {
      id
      name
      evaluation {
        accuracy {
          ...Estimate
        }
      }
      experiment {
        datasetVersion {
          name
          dataset {
            name
          }
        }
      }
    }
  }
`);

export const ConfigRunFields = graphql(`
  fragment ConfigRun on Run {
    id
    name
    status
    sampleDone
    sampleTotal
    createdAt
    samplesPerSecond
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
    experiment {
      id
      name
      datasetVersion {
        id
        name
        dataset {
          name
        }
      }
    }
    evaluation {
      accuracy {
        ...Estimate
      }
    }
  }
`);

export const ConfigDifference = graphql(`
  query ConfigDifference($before: ID!, $after: ID!) {
    configDifference(before: $before, after: $after) {
      path
      kind
      before
      after
    }
  }
`);
