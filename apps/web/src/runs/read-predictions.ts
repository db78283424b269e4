'use client';

import type { RunPredictionsQueryVariables } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { RunPredictions } from './documents';
import type { PredictionPage } from './PredictionPages';

/** A page of a run's predictions. @throws Error with what to tell */
export async function readPredictions(variables: RunPredictionsQueryVariables): Promise<PredictionPage> {
  const { data, error } = await browserClient().query(RunPredictions, variables).toPromise();
  if (data?.node?.__typename === 'Run') return data.node.predictions;
  throw new Error(error?.message ?? 'no answer came');
}
