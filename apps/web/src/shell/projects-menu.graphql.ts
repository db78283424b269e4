import { graphql } from '@/generated';

export const ProjectsMenu = graphql(`
  query ProjectsMenu {
    projects(first: 200) {
      edges {
        node {
          id
          slug
          name
          team {
            slug
            name
          }
        }
      }
    }
  }
`);
