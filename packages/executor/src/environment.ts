import type { RunEnvironment } from '@samplewise/domain';
import os from 'node:os';
import manifest from '../package.json' with { type: 'json' };

/** What predictions may depend on beside the config: stored with each run, so that it can be repeated. */
export function describeEnvironment(threads: number): RunEnvironment & { threads: number } {
  const cpus = os.cpus();
  // exact versions
  const { 'onnxruntime-node': onnxruntime, '@huggingface/transformers': transformers, sharp } = manifest.dependencies;
  return {
    node: process.version,
    os: `${os.type()} ${os.release()} ${os.machine()}`,
    packages: { 'onnxruntime-node': onnxruntime, '@huggingface/transformers': transformers, sharp },
    hardware: { cpu: cpus[0]?.model ?? 'unknown', cores: cpus.length, memoryBytes: os.totalmem() },
    threads,
    hostname: os.hostname(),
  };
}
