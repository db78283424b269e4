import { graphql } from '@/generated';

export const TrialFields = graphql(`
  fragment TrialState on Trial {
    id
    status
    ahead
    fileName
    image {
      url
    }
    failure {
      ...Problem
    }
    result {
      width
      height
      cachedSteps
      loadSeconds
      preprocessingSeconds
      inferenceSeconds
      executor
      prediction {
        predicted
        confidence
        latencyMicros
        scores {
          label
          score
        }
        answer {
          text
          promptTokens
          completionTokens
        }
      }
    }
    restoration {
      step
      kind
      faces
      image {
        url
      }
      quality {
        psnr
        ssim
        before {
          sharpness
          noise
        }
        after {
          sharpness
          noise
        }
      }
    }
  }
`);

export const TryImage = graphql(`
  mutation TryImage($input: TryImageInput!) {
    result: tryImage(input: $input) {
      __typename
      ... on TryImagePayload {
        trial {
          ...TrialState
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

export const TrialChanged = graphql(`
  subscription TrialChanged($trialId: ID!) {
    trialChanged(trialId: $trialId) {
      ...TrialState
    }
  }
`);

/** Whether anybody is there who takes trials, and pictures to try without having one. */
export const TrialSurroundings = graphql(`
  query TrialSurroundings($projectId: ID!) {
    executors(first: 20) {
      edges {
        node {
          id
          status
        }
      }
    }
    node(id: $projectId) {
      __typename
      ... on Project {
        id
        datasets(last: 1) {
          edges {
            node {
              id
              versions(first: 1) {
                edges {
                  node {
                    id
                    samples(first: 8) {
                      edges {
                        node {
                          id
                          source
                          image {
                            url
                            digest
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
  }
`);
