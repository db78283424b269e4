import { graphql } from '@/generated';

export const FramedProjectFields = graphql(`
  fragment FramedProject on Project {
    id
    name
    slug
    visibility
    viewerPermissions
    team {
      id
      name
      slug
    }
  }
`);
