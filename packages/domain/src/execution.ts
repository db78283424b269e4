import { z } from 'zod';

/**
 * Where onnxruntime computes: the processor, NVIDIA's CUDA, DirectML on Windows, CoreML on a Mac. What a machine's
 * runtime does not offer is refused when the model is loaded.
 */
export const executionProvider = z.enum(['cpu', 'cuda', 'dml', 'coreml']);
export type ExecutionProvider = z.infer<typeof executionProvider>;

/** In the order in which they are tried. The processor unless given. */
export const executionProviders = z
  .array(executionProvider)
  .min(1)
  .max(4)
  .refine((all) => new Set(all).size === all.length, 'must not name one twice');
