import { graphql } from '@/generated';

export const EstimateFields = graphql(`
  fragment Estimate on Estimate {
    value
    low
    high
    method
    undefinedReason
  }
`);

export const ProblemFields = graphql(`
  fragment Problem on Problem {
    code
    message
    place
    value
    mend
  }
`);
