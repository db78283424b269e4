import { graphql } from '@/generated';

/** A few of each kind whose name has the text; `$numbered` asks for the run of that number too. */
export const PaletteSearch = graphql(`
  query PaletteSearch($project: ID!, $inProject: Boolean!, $text: String!, $run: ID!, $numbered: Boolean!) {
    run: node(id: $run) @include(if: $numbered) {
      __typename
      ... on Run {
        ...FoundRun
      }
    }
    node(id: $project) @include(if: $inProject) {
      __typename
      ... on Project {
        runs(first: 5, filter: { name: { contains: $text } }) {
          edges {
            node {
              ...FoundRun
            }
          }
        }
        experiments(first: 5, contains: $text) {
          edges {
            node {
              id
              name
            }
          }
        }
        modelConfigs(first: 5, contains: $text) {
          edges {
            node {
              id
              name
              version
            }
          }
        }
        restorationConfigs(first: 3, contains: $text) {
          edges {
            node {
              id
              name
              version
            }
          }
        }
        datasets(first: 3, contains: $text) {
          edges {
            node {
              id
              name
              versions(first: 1) {
                edges {
                  node {
                    id
                    name
                  }
                }
              }
            }
          }
        }
        leaderboards(first: 3, contains: $text) {
          edges {
            node {
              id
              name
            }
          }
        }
      }
    }
    projects(first: 5, contains: $text) {
      edges {
        node {
          id
          name
          slug
          team {
            name
            slug
          }
        }
      }
    }
  }
`);

export const FoundRunFields = graphql(`
  fragment FoundRun on Run {
    id
    name
    status
    experiment {
      name
    }
  }
`);
