import { graphql } from '@/generated';

export const ExecutorFields = graphql(`
  fragment ExecutorCard on Executor {
    id
    name
    host
    status
    startedAt
    heartbeatAt
    stoppedAt
    hardware
    versions
    settings
    shardsDone
    samplesDone
    memoryBytes
    cpuPercent
    machineMemoryBytes
    current {
      index
      samples
      claimedAt
      attempts
      run {
        id
        name
      }
    }
  }
`);

export const QueuedRunFields = graphql(`
  fragment QueuedRun on Run {
    id
    name
    status
    priority
    pausedAt
    sampleDone
    sampleTotal
    createdAt
    experiment {
      id
      name
      project {
        id
        name
        slug
        viewerPermissions
        team {
          id
          slug
        }
      }
    }
  }
`);

export const TeamTurnFields = graphql(`
  fragment TeamTurn on TeamTurn {
    turn
    waitingShards
    activeShards
    recentSeconds
    team {
      id
      name
    }
    state {
      queued
      running
      paused
      samples
      waitingSince
    }
    runs(first: 50) {
      pageInfo {
        hasNextPage
      }
      edges {
        node {
          ...QueuedRun
        }
      }
    }
  }
`);

export const ExecutorsPage = graphql(`
  query ExecutorsPage {
    executors(first: 100) {
      edges {
        node {
          ...ExecutorCard
        }
      }
    }
    queue {
      teams {
        ...TeamTurn
      }
      others {
        teams
        waitingShards
        activeShards
      }
    }
  }
`);
