import { graphql } from '@/generated';

export const VersionHead = graphql(`
  fragment VersionHead on DatasetVersion {
    id
    number
    name
    digest
    sampleCount
    hiddenLabels {
      split
      shownAt
    }
    createdAt
    dataset {
      id
      name
      project {
        ...FramedProject
      }
      versions(first: 100) {
        edges {
          node {
            id
            number
            name
          }
        }
      }
    }
  }
`);
