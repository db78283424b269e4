import { graphql } from '@/generated';

export const StudyPage = graphql(`
  query StudyPage($id: ID!, $name: String!) {
    node(id: $id) {
      __typename
      ... on Project {
        ...FramedProject
        viewerPermissions
        study(name: $name) {
          ...StudyState
        }
      }
    }
  }
`);

export const StudyRecipes = graphql(`
  query StudyRecipes {
    studyRecipes {
      name
      title
    }
  }
`);

/** What a project has of a study, read again as it gets more. */
export const StudyOfProject = graphql(`
  query StudyOfProject($id: ID!, $name: String, $written: String) {
    node(id: $id) {
      __typename
      ... on Project {
        study(name: $name, written: $written) {
          ...StudyState
        }
      }
    }
  }
`);

export const StudyStateFields = graphql(`
  fragment StudyState on Study {
    recipe
    title
    about
    dataset
    version
    split
    seeds
    published
    datasetVersion {
      id
      sampleCount
    }
    experiment {
      id
      name
    }
    models {
      ...StudyModelPart
    }
    restorations {
      ...StudyRestorationPart
    }
  }
`);

export const StudyModelPartFields = graphql(`
  fragment StudyModelPart on StudyModel {
    __typename
    name
    get
    preset
    folder
    files {
      ...StudyFile
    }
    config {
      id
      version
    }
  }
`);

export const StudyRestorationPartFields = graphql(`
  fragment StudyRestorationPart on StudyRestoration {
    __typename
    name
    get
    files {
      ...StudyFile
    }
    config {
      id
      version
    }
  }
`);

export const StudyFileFields = graphql(`
  fragment StudyFile on StudyFile {
    place
    path
    url
    sha256
  }
`);

/** What is registered, once the files are there. */
export const StudySpecs = graphql(`
  query StudySpecs($id: ID!, $name: String, $written: String, $files: [PresetFileInput!]!) {
    node(id: $id) {
      __typename
      ... on Project {
        study(name: $name, written: $written) {
          models {
            name
            spec(files: $files)
          }
          restorations {
            name
            steps(files: $files)
          }
        }
      }
    }
  }
`);

export const StartStudy = graphql(`
  mutation StartStudy($input: StartStudyInput!) {
    result: startStudy(input: $input) {
      __typename
      ... on StartStudyPayload {
        experiment {
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
