export { startExecutor, type Executor, type ExecutorOptions } from './executor.ts';
export { ModelProcessLost, ModelProcessStopped, PredictionAborted } from './model-process/lost-model.ts';
export { ModelProcess } from './model-process/model-process.ts';
export type { Cost, ImageToPredict, Predicted, RestoredImage } from './model-process/protocol.ts';
