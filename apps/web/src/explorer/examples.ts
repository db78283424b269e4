/** An operation to begin with. Variables are JSON. */
export interface Example {
  query: string;
  variables?: string;
}

/** The tabs of a first visit. They work on the demo project; ids are those of its first experiment. */
export const EXAMPLES: readonly Example[] = [
  {
    query: `# The runs of an experiment, each accuracy with its interval.
# Ctrl-Space completes, Ctrl-Enter runs; the book on the left explains every type and field.
query Runs($experimentId: ID!) {
  node(id: $experimentId) {
    ... on Experiment {
      name
      runs(first: 10) {
        totalCount
        edges {
          node {
            id
            name
            status
            evaluation {
              accuracy { value low high method }
              macroF1 { value low high }
            }
          }
        }
        pageInfo { endCursor hasNextPage }
      }
    }
  }
}
`,
    variables: '{\n  "experimentId": "Experiment_1"\n}\n',
  },
  {
    query: `# Two runs on the same samples: what is better, by how much, and whether that is more than chance.
query Compare($runIds: [ID!]!) {
  comparison(runIds: $runIds) {
    samples
    reference { name }
    runs {
      run { name }
      outcomes { bothRight fixed broken bothWrong }
      metrics { name reference value difference { value low high } }
      mcnemar { midP adjustedP }
    }
  }
}
`,
    variables: '{\n  "runIds": ["Run_1", "Run_2"]\n}\n',
  },
  {
    query: `# The samples that a run has wrong, with what it believed instead.
query WrongSamples($runId: ID!) {
  node(id: $runId) {
    ... on Run {
      name
      predictions(first: 5, correct: false) {
        edges {
          node {
            predicted
            confidence
            scores { label score }
            sample { index label image { url } }
          }
        }
      }
    }
  }
}
`,
    variables: '{\n  "runId": "Run_1"\n}\n',
  },
  {
    query: `# Follows the runs of an experiment while they are executed: queue it again, and look here.
subscription Live($experimentId: ID!) {
  experimentRunChanged(experimentId: $experimentId) {
    id
    name
    status
    sampleDone
    sampleTotal
  }
}
`,
    variables: '{\n  "experimentId": "Experiment_1"\n}\n',
  },
];
