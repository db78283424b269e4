import { graphql } from '@/generated';

export const LogLineFields = graphql(`
  fragment LogLineRow on LogLine {
    number
    time
    stream
    level
    text
  }
`);

export const LogPage = graphql(`
  query LogPage($id: ID!, $first: Int!, $after: String, $level: LogLevel, $stream: LogStream, $search: String) {
    node(id: $id) {
      __typename
      ... on Run {
        logs(first: $first, after: $after, level: $level, stream: $stream, search: $search) {
          lineCount
          incomplete
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              ...LogLineRow
            }
          }
        }
      }
    }
  }
`);

export const RunLogs = graphql(`
  subscription RunLogs($runId: ID!, $after: Int!) {
    runLogs(runId: $runId, after: $after) {
      lastLine
      lines {
        ...LogLineRow
      }
    }
  }
`);
