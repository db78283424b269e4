import { graphql } from '@/generated';

export const ViewerFields = graphql(`
  fragment ViewerFields on Viewer {
    kind
    person {
      name
      email
    }
    memberships(first: 50) {
      edges {
        node {
          id
          role
          team {
            id
            slug
            name
          }
        }
      }
    }
  }
`);

export const WhoIsHere = graphql(`
  query WhoIsHere {
    viewer {
      ...ViewerFields
    }
  }
`);
