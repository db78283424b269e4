import os from 'node:os';
import pLimit from 'p-limit';

/** Pictures that sharp works on at once: large ones take much memory, and more at a time are not faster. */
export const imagesAtATime = pLimit(os.availableParallelism() + 1);
