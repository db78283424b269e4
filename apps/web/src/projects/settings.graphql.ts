import { graphql } from '@/generated';

export const ProjectSettings = graphql(`
  query ProjectSettings($team: String!, $slug: String!, $after: String) {
    viewer {
      kind
    }
    project(team: $team, slug: $slug) {
      ...FramedProject
      ...ProjectForm
      deletedRuns(first: 50, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...RunInBin
          }
        }
      }
    }
  }
`);

export const ProjectFormFields = graphql(`
  fragment ProjectForm on Project {
    id
    name
    description
    visibility
    revision
  }
`);

export const RunInBinFields = graphql(`
  fragment RunInBin on Run {
    id
    name
    deletedAt
    experiment {
      name
    }
  }
`);

export const UpdateProject = graphql(`
  mutation UpdateProject($input: UpdateProjectInput!) {
    result: updateProject(input: $input) {
      __typename
      ... on UpdateProjectPayload {
        project {
          ...ProjectForm
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

export const DeleteProject = graphql(`
  mutation DeleteProject($input: DeleteProjectInput!) {
    result: deleteProject(input: $input) {
      __typename
      ... on DeleteProjectPayload {
        project {
          id
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

export const NewProjectPage = graphql(`
  query NewProjectPage {
    viewer {
      kind
    }
    teams(first: 200) {
      edges {
        node {
          ...TeamHead
        }
      }
    }
  }
`);

export const CreateProject = graphql(`
  mutation CreateProject($input: CreateProjectInput!) {
    result: createProject(input: $input) {
      __typename
      ... on CreateProjectPayload {
        project {
          slug
          team {
            slug
          }
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
