export { startExecutor, type Executor, type ExecutorOptions } from './executor.ts';
export {
  ModelProcess,
  ModelProcessLost,
  ModelProcessStopped,
  PredictionAborted,
} from './model-process/model-process.ts';
export type { Cost, ImageToPredict, Predicted, RestoredImage } from './model-process/protocol.ts';
