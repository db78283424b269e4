import { z } from 'zod';

/** What is tried on one picture of somebody's, and what came of it, are gone after this time. */
export const TRIAL_HOURS = 1;

/** For each person, or program with a token. */
export const TRIAL_LIMITS = {
  /** That have not ended. */
  unfinished: 4,
  /** Within TRIAL_HOURS. */
  recent: 300,
} as const;

const finite = z.number();

/** What a model said of one picture. */
export const trialPrediction = z.object({
  /** None where a language model's words name no class, or several. */
  predicted: z.string().nullable(),
  /** Probability of that class; none where the model does not tell. */
  confidence: finite.nullable(),
  /** In the order of the model's labels; none where the model answers in words. */
  scores: z.array(finite).nullable(),
  /** Of a language model. */
  answer: z
    .object({
      text: z.string().nullable(),
      promptTokens: z.number().int().nullable(),
      completionTokens: z.number().int().nullable(),
      requests: z.number().int(),
    })
    .nullable(),
  /** Of the inference. */
  latencyMicros: z.number().int(),
});
export type TrialPrediction = z.infer<typeof trialPrediction>;

/** What came of a trial; written by an executor, read by the API. */
export const trialResult = z.object({
  /** Of the picture, upright, before anything was made of it. */
  width: z.number().int(),
  height: z.number().int(),
  /** None where only a restoration was tried. */
  prediction: trialPrediction.nullable(),
  /** Restoration steps whose pictures were there already. */
  cachedSteps: z.number().int(),
  /** To start a process and load the model; 0 where one was warm. */
  loadSeconds: finite,
  preprocessingSeconds: finite,
  inferenceSeconds: finite,
  /** The executor's name. */
  executor: z.string(),
});
export type TrialResult = z.infer<typeof trialResult>;
