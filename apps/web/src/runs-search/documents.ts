import { graphql } from '@/generated';

export const SearchSuggestions = graphql(`
  query SearchSuggestions($projectId: ID!, $search: String!, $position: Int!) {
    searchSuggestions(projectId: $projectId, search: $search, position: $position) {
      text
      detail
      from
      to
    }
  }
`);

/** Keys of params, metrics or tags, for who looks for one. */
export const RunKeys = graphql(`
  query RunKeys($projectId: ID!, $kind: RunKeyKind!, $contains: String!) {
    node(id: $projectId) {
      __typename
      ... on Project {
        id
        runKeys(kind: $kind, contains: $contains, first: 50)
      }
    }
  }
`);
