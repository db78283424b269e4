import { graphql } from '@/generated';

export const SamplePredictionFields = graphql(`
  fragment SamplePrediction on Prediction {
    status
    predicted
    confidence
    correct
    latencyMicros
    rawText
    scores {
      label
      score
    }
    run {
      id
      name
      modelConfig {
        id
        name
        version
      }
      restorationConfig {
        id
        name
      }
    }
  }
`);

export const SampleImage = graphql(`
  fragment SampleImage on Sample {
    id
    index
    split
    label
    image {
      url
    }
  }
`);

export const RestoredSample = graphql(`
  fragment RestoredSample on SampleRestoration {
    restorationConfig {
      id
      name
      version
    }
    steps {
      kind
      faces
      image {
        url
      }
      quality {
        psnr
        ssim
      }
    }
  }
`);

export const SamplePage = graphql(`
  query SamplePage($id: ID!, $versionId: ID!, $filter: SampleFilterInput, $order: SampleOrderInput) {
    node(id: $id) {
      __typename
      ... on Sample {
        ...SampleImage
        source
        image {
          digest
          size
          mediaType
        }
        measurements {
          readable
          width
          height
          brightness
          contrast
          sharpness
          blank
        }
        datasetVersion {
          ...VersionHead
          labels
          audit {
            maximumDistance
          }
        }
        nearest {
          distance
          sample {
            ...SampleImage
          }
        }
        restorations {
          ...RestoredSample
        }
        predictions(first: 50) {
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              ...SamplePrediction
            }
          }
        }
      }
    }
    version: node(id: $versionId) {
      __typename
      ... on DatasetVersion {
        sampleSearch(filter: $filter, order: $order, first: 1) {
          totalCount
          neighbours(sampleId: $id) {
            position
            previous {
              ...SampleImage
            }
            next {
              ...SampleImage
            }
          }
        }
      }
    }
  }
`);

export const MorePredictions = graphql(`
  query MorePredictions($id: ID!, $after: String) {
    node(id: $id) {
      __typename
      ... on Sample {
        predictions(first: 50, after: $after) {
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              ...SamplePrediction
            }
          }
        }
      }
    }
  }
`);
