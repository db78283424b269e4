import { graphql } from '@/generated';

export const ArtifactEntryFields = graphql(`
  fragment ArtifactRow on ArtifactEntry {
    name
    path
    isFolder
    fileCount
    size
    artifact {
      id
      version
      createdAt
      mediaType
      type
      url
    }
  }
`);

export const ArtifactFolder = graphql(`
  query ArtifactFolder($id: ID!, $prefix: String, $first: Int!, $after: String) {
    node(id: $id) {
      __typename
      ... on Run {
        artifacts(prefix: $prefix, first: $first, after: $after) {
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              ...ArtifactRow
            }
          }
        }
      }
    }
  }
`);

export const ArtifactFile = graphql(`
  query ArtifactFile($id: ID!, $path: String!, $version: Int) {
    node(id: $id) {
      __typename
      ... on Run {
        artifact(path: $path, version: $version) {
          id
          path
          version
          latest
          name
          type
          metadata
          size
          mediaType
          createdAt
          url
          blob {
            digest
          }
          preview {
            ...Preview
          }
        }
        artifactVersions(path: $path, first: 50) {
          edges {
            node {
              id
              version
              createdAt
              size
            }
          }
        }
      }
    }
  }
`);

export const PreviewFields = graphql(`
  fragment Preview on ArtifactPreview {
    __typename
    ... on TextPreview {
      text
      complete
    }
    ... on JsonPreview {
      text
      complete
    }
    ... on TablePreview {
      columns
      rows
      complete
    }
    ... on ImagePreview {
      width
      height
    }
    ... on BinaryPreview {
      format
      hex
    }
  }
`);

export const LogArtifacts = graphql(`
  mutation LogArtifacts($input: LogArtifactsInput!) {
    result: logArtifacts(input: $input) {
      __typename
      ... on LogArtifactsPayload {
        artifacts {
          path
          version
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

export const DeleteArtifacts = graphql(`
  mutation DeleteArtifacts($input: DeleteArtifactsInput!) {
    result: deleteArtifacts(input: $input) {
      __typename
      ... on InvalidInputError {
        problems {
          ...Problem
        }
      }
    }
  }
`);

export const RestoreArtifacts = graphql(`
  mutation RestoreArtifacts($input: RestoreArtifactsInput!) {
    result: restoreArtifacts(input: $input) {
      __typename
      ... on InvalidInputError {
        problems {
          ...Problem
        }
      }
    }
  }
`);
