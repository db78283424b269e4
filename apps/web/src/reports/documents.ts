import { graphql } from '@/generated';

export const ReportPage = graphql(`
  query ReportPage($id: ID!) {
    node(id: $id) {
      __typename
      ... on Experiment {
        id
        name
        description
        split
        project {
          ...FramedProject
        }
        datasetVersion {
          id
          name
          sampleCount
          dataset {
            name
          }
        }
        report {
          digest
          runs
          unfinished
          sections {
            title
            blocks {
              ...ReportBlock
            }
          }
        }
      }
    }
  }
`);

export const ReportBlockFields = graphql(`
  fragment ReportBlock on ReportBlock {
    __typename
    ... on ReportText {
      text
    }
    ... on ReportList {
      items
    }
    ... on ReportFacts {
      facts {
        name
        value
      }
    }
    ... on ReportDrawing {
      svg
      caption
    }
    ... on ReportPictures {
      pairs {
        urls
        caption
        path
      }
    }
    ... on ReportTable {
      ...ReportTable
    }
  }
`);

export const ReportTableFields = graphql(`
  fragment ReportTable on ReportTable {
    name
    caption
    folded
    columns {
      label
      text
    }
    rows {
      text
      path
      strong
      depth
    }
  }
`);
