export { startExecutor, type Executor, type ExecutorOptions } from './executor.ts';
